package dev.proreus.workspace.watch;

import org.jspecify.annotations.Nullable;

/** How much of a snapshot at one revision a subscription was given. Confined to the subscription's loop. */
final class SnapshotPosition {
    private final long revision;
    private @Nullable String afterName;
    private boolean opened;
    private boolean complete;

    SnapshotPosition(long revision) {
        this.revision = revision;
    }

    /** Returns the revision that the snapshot shows. */
    long revision() {
        return revision;
    }

    /** Returns, once only, that nothing was given yet. */
    boolean opens() {
        boolean opens = !opened;
        opened = true;
        return opens;
    }

    /** Moves behind a page. */
    void move(Chunk page) {
        complete = !page.more();
        afterName = page.lastName();
    }

    /** Returns the name after which the next page starts, or null for the first. */
    @Nullable
    String afterName() {
        return afterName;
    }

    boolean isComplete() {
        return complete;
    }
}
