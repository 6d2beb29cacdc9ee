package dev.proreus.workspace.commit;

import dev.proreus.workspace.Place;
import dev.proreus.workspace.Quota;
import dev.proreus.workspace.Quotas;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Termination;
import dev.proreus.workspace.Usage;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import dev.proreus.workspace.tree.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A workspace as the committer builds it: ahead of what is published by the batch in the making. */
final class WorkspaceState {
    private final Place place;
    private final @Nullable WorkspaceState parent;
    private WorkspaceRow row;
    private Usage subtree = Usage.NONE;
    private int children;
    private @Nullable WorkspaceState firstChild;
    private @Nullable WorkspaceState before;
    private @Nullable WorkspaceState after;

    /** Enters a workspace into the tree: what it holds counts in all that it lies below. */
    WorkspaceState(Place place, WorkspaceRow row, @Nullable WorkspaceState parent) {
        this.place = place;
        this.row = row;
        this.parent = parent;
        grow(row.counts());
        if (parent != null) {
            parent.adopt(this);
        }
    }

    private void adopt(WorkspaceState child) {
        WorkspaceState first = firstChild;
        if (first != null) {
            first.before = child;
        }
        child.after = first;
        firstChild = child;
        children++;
    }

    /** Takes it out of the tree, with all that lies below it: nothing of that counts any more. */
    void leave() {
        if (parent == null) {
            throw new IllegalStateException("the root of the tree stays");
        }
        if (before == null) {
            parent.firstChild = after;
        } else {
            before.after = after;
        }
        if (after != null) {
            after.before = before;
        }
        parent.children--;
        parent.grow(subtree.negated());
    }

    /** Gives it and all workspaces below it to an action, each before those below it. */
    void forEachInSubtree(Consumer<WorkspaceState> action) {
        action.accept(this);
        for (WorkspaceState child = firstChild; child != null; child = child.after) {
            child.forEachInSubtree(action);
        }
    }

    @Nullable
    WorkspaceState parent() {
        return parent;
    }

    long id() {
        return place.ancestor(0);
    }

    WorkspacePath path() {
        return new WorkspacePath(place.path());
    }

    Place place() {
        return place;
    }

    WorkspaceRow row() {
        return row;
    }

    /** Returns what readers are to see of it. */
    Workspace.Progress progress() {
        WorkspaceRow.History history = row.history();
        return new Workspace.Progress(
                row.revision(),
                own(),
                subtree,
                row.claimsFreed(),
                history.floor(),
                history.floorSequence(),
                history.keptBytes(),
                history.own(),
                row.quotas(),
                termination());
    }

    long revision() {
        return row.revision();
    }

    int children() {
        return children;
    }

    private Usage own() {
        return row.counts();
    }

    /** Returns what it and all workspaces below it hold. */
    Usage subtree() {
        return subtree;
    }

    /** Returns whether it holds neither objects nor child workspaces. */
    boolean isEmpty() {
        return row.counts().objects() == 0 && children == 0;
    }

    /** Returns how it is being deleted; null where it is not, or only as a part of one that is. */
    @Nullable
    Termination termination() {
        return row.life() instanceof WorkspaceRow.Terminating terminating ? terminating.termination() : null;
    }

    /** Returns whether it is being deleted, by itself or as a part of one above it. */
    boolean isTerminating() {
        return terminating() != null;
    }

    /** Refuses what would make more of a workspace that is being deleted. */
    void checkNotTerminating() {
        WorkspaceState terminating = terminating();
        if (terminating != null) {
            throw RefusedException.because(
                            Reason.WORKSPACE_TERMINATING,
                            "workspace " + terminating.path()
                                    + " is being deleted and takes nothing new: reports, removals of finalizers and"
                                    + " deletions go on; undelete it while its grace lasts, or use another workspace")
                    .with("workspace", terminating.path());
        }
    }

    /** Returns whether it is going, alone or with one above it, and nobody can take that back any more. */
    boolean isEnding(Instant now) {
        for (WorkspaceState each = this; each != null; each = each.parent) {
            Termination termination = each.termination();
            if (termination != null && termination.isFinal(now)) {
                return true;
            }
        }
        return false;
    }

    /** Returns what is being deleted by itself, this or the nearest above it; null where nothing of them is. */
    @Nullable
    WorkspaceState terminating() {
        for (WorkspaceState each = this; each != null; each = each.parent) {
            if (each.termination() != null) {
                return each;
            }
        }
        return null;
    }

    /**
     * Refuses what has no room, here or in a subtree that this lies in. Of what others hold nothing is told.
     *
     * @param more by how much it would grow; what shrinks has room always
     */
    void checkRoom(Usage more) {
        if (!row.quotas().own().admits(own(), more)) {
            throw exceeded("workspace " + path(), own(), row.quotas().own());
        }
        if (!row.quotas().subtree().admits(subtree, more)) {
            throw exceeded(
                    "the subtree of workspace " + path(), subtree, row.quotas().subtree());
        }
        for (WorkspaceState above = parent; above != null; above = above.parent) {
            if (!above.row.quotas().subtree().admits(above.subtree, more)) {
                throw RefusedException.because(
                                Reason.QUOTA_EXCEEDED,
                                "the write has no room in the quota of workspace " + above.path()
                                        + " for all that lies below it: delete objects, or ask who runs that workspace")
                        .with("workspace", above.path());
            }
        }
    }

    private static RefusedException exceeded(String what, Usage used, Quota quota) {
        return RefusedException.because(
                        Reason.QUOTA_EXCEEDED,
                        "the write has no room in the quota of " + what + ", which holds " + used.objects()
                                + of(quota.objects()) + " objects and " + used.bytes() + of(quota.bytes())
                                + " bytes: delete objects, or raise the quota")
                .with("objects", used.objects())
                .with("objectQuota", quota.objects())
                .with("bytes", used.bytes())
                .with("byteQuota", quota.bytes());
    }

    private static String of(long most) {
        return most == 0 ? "" : " of " + most;
    }

    /** Replaces how much it may hold. */
    void limit(Quotas quotas) {
        row = row.with(quotas);
    }

    /**
     * Raises the revision by one, the counts by what a commit changes, and the bytes of history to what they are then.
     */
    void advance(List<Mutation> commit, long historyBytes) {
        Usage more = Usage.NONE;
        for (Mutation mutation : commit) {
            more = more.plus(mutation.growth());
        }
        row = row.advanced(own().plus(more), historyBytes);
        grow(more);
    }

    private void grow(Usage more) {
        if (more.equals(Usage.NONE)) {
            return;
        }
        for (WorkspaceState each = this; each != null; each = each.parent) {
            each.subtree = each.subtree.plus(more);
        }
    }

    /** Replaces what can be read of the past and how much of it is to be kept. */
    void remember(WorkspaceRow.History history) {
        row = row.with(history);
    }

    /** Notes that claims were given up at a revision. */
    void noteClaimsFreedAt(long revision) {
        row = row.withClaimsFreed(revision);
    }

    /** Takes it to another place of its life. */
    void live(WorkspaceRow.Life life) {
        row = row.with(life);
    }
}
