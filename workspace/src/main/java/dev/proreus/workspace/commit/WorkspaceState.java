package dev.proreus.workspace.commit;

import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import dev.proreus.workspace.tree.Workspace;

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

    /** Raises the revision by one, the counts by these deltas, and the bytes of history to {@code historyBytes}. */
    void advance(long objects, long bytes, long historyBytes) {
        WorkspaceRow.Counts counts = row.counts();
        row = row.advanced(
                new WorkspaceRow.Counts(counts.objects() + objects, counts.objectBytes() + bytes, counts.finalizers()),
                historyBytes);
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
