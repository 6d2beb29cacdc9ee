package dev.proreus.workspace.watch;

import org.jspecify.annotations.Nullable;

/** What one subscription reads of history, one read at a time. Confined to the subscription's loop. */
final class HistoryFeed {
    private final WatchLoop loop;
    private final RunningWatch watch;
    private final WatchSpec spec;
    private @Nullable HistoryRead outstanding;

    HistoryFeed(WatchLoop loop, RunningWatch watch, WatchSpec spec) {
        this.loop = loop;
        this.watch = watch;
        this.spec = spec;
    }

    /** A read that is under way is awaited before another starts, and what it brings is dropped. */
    void startOver() {
        if (outstanding != null) {
            outstanding.discard();
        }
    }

    /** Returns what a read brought, or null where that is to be dropped; throws what it failed with. */
    @Nullable
    Chunk accept(HistoryRead read) {
        outstanding = null;
        return read.isStale() ? null : read.chunk();
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
