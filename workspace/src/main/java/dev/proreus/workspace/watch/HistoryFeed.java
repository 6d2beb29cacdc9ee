package dev.proreus.workspace.watch;

import org.jspecify.annotations.Nullable;

/** What one subscription reads of history, one read at a time. Confined to the subscription's loop. */
final class HistoryFeed {
    private final CatchUp catchUp;
    private final WatchMetrics metrics;
    private final HistoryRead.Asker asker;
    private final WatchSpec spec;
    private @Nullable HistoryRead outstanding;
    private long target;

    HistoryFeed(CatchUp catchUp, WatchMetrics metrics, HistoryRead.Asker asker, WatchSpec spec) {
        this.catchUp = catchUp;
        this.metrics = metrics;
        this.asker = asker;
        this.spec = spec;
    }

    /** Aims at a position up to which changes are to be read. */
    void aim(long position) {
        target = position;
    }

    /** Returns the position up to which changes are read. */
    long target() {
        return target;
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

    /** Asks for changes in (after, target], unless a read is outstanding. */
    void readChanges(WatchFilter filter, long after) {
        if (outstanding == null) {
            metrics.readsHistory(target - after);
            read(new HistoryRead.OfChanges(asker, spec, filter, after, target));
        }
    }

    /** Asks for a page of a snapshot, unless a read is outstanding. */
    void readStates(WatchFilter filter, SnapshotPosition snapshot, SnapshotPosition.Page page) {
        if (outstanding == null) {
            read(new HistoryRead.OfStates(asker, spec, filter, snapshot.position(), page));
        }
    }

    private void read(HistoryRead read) {
        outstanding = read;
        catchUp.submit(read);
    }
}
