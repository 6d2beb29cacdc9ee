package dev.proreus.workspace.commit;

import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.store.rows.WorkspaceRow;

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

    long revision() {
        return row.revision();
    }

    int children() {
        return children;
    }

    void addChildren(int delta) {
        children += delta;
    }

    /** Raises the revision by one and the counts by these deltas. */
    void advance(long objects, long bytes) {
        WorkspaceRow.Counts counts = row.counts();
        row = new WorkspaceRow(
                row.identity(),
                row.state(),
                row.revision() + 1,
                row.floor(),
                new WorkspaceRow.Counts(counts.objects() + objects, counts.objectBytes() + bytes, counts.finalizers()),
                row.claimsFreed(),
                row.rulesVersion());
    }

    /** Notes that claims were given up at a revision. */
    void noteClaimsFreedAt(long revision) {
        row = new WorkspaceRow(
                row.identity(), row.state(), row.revision(), row.floor(), row.counts(), revision, row.rulesVersion());
    }

    void markGone() {
        row = new WorkspaceRow(
                row.identity(),
                WorkspaceRow.State.GONE,
                row.revision(),
                row.floor(),
                row.counts(),
                row.claimsFreed(),
                row.rulesVersion());
    }
}
