package dev.proreus.workspace.engine;

import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.agent.Claim;
import dev.proreus.workspace.agent.ClaimTable;
import dev.proreus.workspace.commit.Published;
import dev.proreus.workspace.read.FloorLookup;
import dev.proreus.workspace.token.HistoryLine;
import dev.proreus.workspace.token.Seal;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.TypeDefinition;
import dev.proreus.workspace.watch.WatchFilter;
import dev.proreus.workspace.watch.WatchStart;
import java.util.function.Supplier;

/** Where watches start: after a revision, at a token, or where an agent's subscription stopped. Thread-safe. */
final class WatchStarts {
    private final Published published;
    private final Seal seal;
    private final long epoch;

    /** @param epoch of the store's history, which tokens carry */
    WatchStarts(Published published, Seal seal, long epoch) {
        this.published = published;
        this.seal = seal;
        this.epoch = epoch;
    }

    /** Returns the start after a revision. */
    WatchStart after(Workspace workspace, long revision) {
        checkReached(workspace, revision);
        if (revision < workspace.floor()) {
            throw FloorLookup.expired(workspace.path().text(), revision, workspace.floor());
        }
        return new WatchStart.After(revision);
    }

    /** Returns the start at a token. */
    WatchStart resume(Workspace top, TypeDefinition type, String wanted, String resumeToken) {
        return new WatchStart.After(ResumePosition.open(seal, resumeToken, historyLine(top, type), wanted)
                .sequenceIn(epoch));
    }

    /** Returns the token of a position. */
    String token(Workspace top, TypeDefinition type, String wanted, long position) {
        return ResumePosition.of(epoch, position).seal(seal, historyLine(top, type), wanted);
    }

    /** Returns the start of a subscription that stopped at a revision of a history. */
    WatchStart resume(Workspace workspace, Claim claim, long revision, String incarnation) {
        boolean sameHistory = incarnation.equals(workspace.incarnation().toString());
        boolean inHistory = revision > 0 && revision >= workspace.floor() && revision <= workspace.revision();
        // What moves after the filter is asked for is seen below, or told to the watch, which compares it with this
        // one.
        WatchFilter filter = driven(workspace, claim).get();
        ClaimTable claims = published.agents().claims(workspace.id(), claim.typeId());
        return sameHistory && inHistory && DrivenFilter.isAsAt(revision, claim, claims, workspace.claimsFreed())
                ? new WatchStart.After(revision, filter)
                : new WatchStart.InitialState();
    }

    /** Returns what gives the filter of what a claim drives, at each call. */
    Supplier<WatchFilter> driven(Workspace workspace, Claim claim) {
        TypeDefinition type = published.types().byId(claim.typeId());
        String assignmentField = type == null ? "" : type.assignmentField();
        return () -> DrivenFilter.of(claim, assignmentField, published.agents().claims(workspace.id(), claim.typeId()));
    }

    /** Refuses a revision that a workspace has not reached. */
    static void checkReached(Workspace workspace, long revision) {
        long head = workspace.revision();
        if (revision < 0 || revision > head) {
            throw RefusedException.because(
                            revision < 0 ? Reason.BAD_REQUEST : Reason.REVISION_NOT_REACHED,
                            "revision " + revision + " is not one of workspace " + workspace.path()
                                    + ", whose newest is " + head + ": read the newest state and go on from there")
                    .with("revision", head);
        }
    }

    /** Returns the history that tokens of a workspace and a resource type are given for. */
    static HistoryLine historyLine(Workspace workspace, TypeDefinition type) {
        return new HistoryLine(
                workspace.path().text(), workspace.incarnation(), type.names().full(), type.uid());
    }
}
