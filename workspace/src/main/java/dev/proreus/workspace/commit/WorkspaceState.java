package dev.proreus.workspace.commit;

import dev.proreus.workspace.Quota;
import dev.proreus.workspace.Quotas;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Usage;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import dev.proreus.workspace.tree.Workspace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A workspace as the committer builds it: ahead of what is published by the batch in the making. */
final class WorkspaceState {
    private final long id;
    private final WorkspacePath path;
    private final @Nullable WorkspaceState parent;
    private WorkspaceRow row;
    private Usage subtree = Usage.NONE;
    private int children;

    /** Enters a workspace into the tree: what it holds counts in all that it lies below. */
    WorkspaceState(long id, WorkspacePath path, WorkspaceRow row, @Nullable WorkspaceState parent) {
        this.id = id;
        this.path = path;
        this.row = row;
        this.parent = parent;
        grow(own());
        if (parent != null) {
            parent.children++;
        }
    }

    /** Takes it out of the tree; it holds nothing any more. */
    void leave() {
        if (parent != null) {
            parent.children--;
        }
    }

    @Nullable
    WorkspaceState parent() {
        return parent;
    }

    long id() {
        return id;
    }

    WorkspacePath path() {
        return path;
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
                row.quotas());
    }

    long revision() {
        return row.revision();
    }

    int children() {
        return children;
    }

    private Usage own() {
        return new Usage(row.counts().objects(), row.counts().objectBytes());
    }

    /**
     * Refuses what has no room, here or in a subtree that this lies in. Of what others hold nothing is told.
     *
     * @param more by how much it would grow; what shrinks has room always
     */
    void checkRoom(Usage more) {
        if (!row.quotas().own().admits(own(), more)) {
            throw exceeded("workspace " + path, own(), row.quotas().own());
        }
        if (!row.quotas().subtree().admits(subtree, more)) {
            throw exceeded(
                    "the subtree of workspace " + path, subtree, row.quotas().subtree());
        }
        for (WorkspaceState above = parent; above != null; above = above.parent) {
            if (!above.row.quotas().subtree().admits(above.subtree, more)) {
                throw RefusedException.because(
                                Reason.QUOTA_EXCEEDED,
                                "the write has no room in the quota of workspace " + above.path
                                        + " for all that lies below it: delete objects, or ask who runs that workspace")
                        .with("workspace", above.path);
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
        WorkspaceRow.Counts counts = row.counts();
        Usage more = Usage.NONE;
        long finalizers = counts.finalizers();
        for (Mutation mutation : commit) {
            finalizers += mutation.finalizers();
            more = more.plus(mutation.growth());
        }
        Usage after = own().plus(more);
        row = row.advanced(new WorkspaceRow.Counts(after.objects(), after.bytes(), finalizers), historyBytes);
        grow(more);
    }

    private void grow(Usage more) {
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

    void markGone() {
        row = row.with(WorkspaceRow.State.GONE);
    }
}
