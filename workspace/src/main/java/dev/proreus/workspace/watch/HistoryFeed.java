package dev.proreus.workspace.watch;

import org.jspecify.annotations.Nullable;

/**
 * What one subscription reads of history: at most one read is outstanding, at most one chunk waits to be given.
 * Confined to the subscription's loop.
 */
final class HistoryFeed {
    private final WatchLoop loop;
    private final RunningWatch watch;
    private final WatchSpec spec;
    private @Nullable HistoryRead outstanding;
    private @Nullable Chunk chunk;

    HistoryFeed(WatchLoop loop, RunningWatch watch, WatchSpec spec) {
        this.loop = loop;
        this.watch = watch;
        this.spec = spec;
    }

    /** Returns the chunk that waits and is not dropped yet, or null. */
    @Nullable
    Chunk chunk() {
        return chunk;
    }

    void dropChunk() {
        chunk = null;
    }

    /** Takes a chunk that came from elsewhere. */
    void hold(Chunk other) {
        chunk = other;
    }

    /** Forgets all; a read that is under way is awaited before another starts, and what it brings is dropped. */
    void startOver() {
        chunk = null;
        if (outstanding != null) {
            outstanding.discard();
        }
    }

    /** Takes what a read brought; throws what it failed with. */
    void accept(HistoryRead read) {
        outstanding = null;
        if (!read.isStale()) {
            chunk = read.chunk();
        }
    }

    /** Asks for changes in (after, through], unless a read is outstanding. */
    void readChanges(WatchFilter filter, long after, long through) {
        if (outstanding == null) {
            read(new HistoryRead.OfChanges(watch, spec, filter, after, through));
        }
    }

    /** Asks for a page of a snapshot, unless a read is outstanding. */
    void readStates(WatchFilter filter, SnapshotPosition snapshot, SnapshotPosition.Page page) {
        if (outstanding == null) {
            read(new HistoryRead.OfStates(watch, spec, filter, snapshot.position(), page));
        }
    }

    private void read(HistoryRead read) {
        outstanding = read;
        loop.catchUp().submit(read);
    }
}
