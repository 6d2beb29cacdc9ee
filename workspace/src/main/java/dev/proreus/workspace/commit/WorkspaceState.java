package dev.proreus.workspace.commit;

import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.store.rows.WorkspaceRow;
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

    long revision() {
        return row.revision();
    }

    int children() {
        return children;
    }

    void addChildren(int delta) {
        children += delta;
    }

    /** Raises the revision by one, and the counts by what a commit changes. */
    void advance(List<Mutation> commit) {
        WorkspaceRow.Counts counts = row.counts();
        long objects = counts.objects();
        long bytes = counts.objectBytes();
        long finalizers = counts.finalizers();
        for (Mutation mutation : commit) {
            finalizers += mutation.finalizers();
            objects += count(mutation.next()) - count(mutation.previous());
            bytes += bytes(mutation.next()) - bytes(mutation.previous());
        }
        row = new WorkspaceRow(
                row.identity(),
                row.state(),
                row.revision() + 1,
                row.floor(),
                new WorkspaceRow.Counts(objects, bytes, finalizers),
                row.claimsFreed(),
                row.rulesVersion());
    }

    private static int count(@Nullable Stored stored) {
        return stored == null ? 0 : 1;
    }

    private static int bytes(@Nullable Stored stored) {
        return stored == null ? 0 : stored.bytes();
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
