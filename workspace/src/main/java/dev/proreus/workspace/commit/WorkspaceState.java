package dev.proreus.workspace.commit;

import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import dev.proreus.workspace.tree.Workspace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A workspace as the committer builds it: ahead of what is published by the batch in the making. */
final class WorkspaceState {
    private final long id;
    private final WorkspacePath path;
    private WorkspaceRow row;
    private int children;

    WorkspaceState(long id, WorkspacePath path, WorkspaceRow row) {
        this.id = id;
        this.path = path;
        this.row = row;
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
                row.counts().objects(),
                row.claimsFreed(),
                history.floor(),
                history.floorSequence(),
                history.keptBytes(),
                history.own());
    }

    long revision() {
        return row.revision();
    }

    int children() {
        return children;
    }

    void addChildren(int delta) {
        children += delta;
    }

    /**
     * Raises the revision by one, the counts by what a commit changes, and the bytes of history to what they are then.
     */
    void advance(List<Mutation> commit, long historyBytes) {
        WorkspaceRow.Counts counts = row.counts();
        long objects = counts.objects();
        long bytes = counts.objectBytes();
        long finalizers = counts.finalizers();
        for (Mutation mutation : commit) {
            finalizers += mutation.finalizers();
            objects += count(mutation.next()) - count(mutation.previous());
            bytes += bytes(mutation.next()) - bytes(mutation.previous());
        }
        row = row.advanced(new WorkspaceRow.Counts(objects, bytes, finalizers), historyBytes);
    }

    /** Replaces what can be read of the past and how much of it is to be kept. */
    void remember(WorkspaceRow.History history) {
        row = row.with(history);
    }

    private static int count(@Nullable Stored stored) {
        return stored == null ? 0 : 1;
    }

    private static int bytes(@Nullable Stored stored) {
        return stored == null ? 0 : stored.bytes();
    }

    /** Notes that claims were given up at a revision. */
    void noteClaimsFreedAt(long revision) {
        row = row.withClaimsFreed(revision);
    }

    void markGone() {
        row = row.with(WorkspaceRow.State.GONE);
    }
}
