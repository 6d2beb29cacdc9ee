package dev.proreus.workspace.watch;

import dev.proreus.workspace.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of a snapshot at one position a subscription was given. A snapshot is a row of parts, one for each workspace
 * that it covers, each read page by page at its own revision. Confined to the subscription's loop.
 */
final class SnapshotPosition {
    /**
     * One workspace of a snapshot.
     *
     * @param workspaceId its internal id
     * @param path its path; not looked at where there is one workspace only
     * @param revision the revision to show it at
     */
    record Part(long workspaceId, String path, long revision) {}

    /**
     * Where a snapshot goes on.
     *
     * @param parts the workspaces; empty before they were looked up
     * @param part index of the workspace
     * @param afterName the name to go on after; null for the start
     */
    record Page(List<Part> parts, int part, @Nullable String afterName) {}

    private final long position;
    private @Nullable Page next;
    private boolean opened;

    SnapshotPosition(Scope scope, long position) {
        this.position = position;
        this.next = new Page(
                scope instanceof Scope.OneWorkspace one
                        ? List.of(new Part(one.workspaceId(), "", position))
                        : List.of(),
                0,
                null);
    }

    /** Returns the position that the snapshot shows. */
    long position() {
        return position;
    }

    /** Returns, once only, that nothing was given yet. */
    boolean opens() {
        boolean opens = !opened;
        opened = true;
        return opens;
    }

    /** Moves to the page to read next; null for none. */
    void move(@Nullable Page to) {
        next = to;
    }

    /** Returns the page to read next; null where there is none. */
    @Nullable
    Page next() {
        return next;
    }
}
