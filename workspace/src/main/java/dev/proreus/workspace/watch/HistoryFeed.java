package dev.proreus.workspace.watch;

import dev.proreus.workspace.Limits;
import org.jspecify.annotations.Nullable;

/** What one subscription reads of history, one read at a time. Confined to the subscription's loop. */
final class HistoryFeed {
    /*
     * Speed: a stream that takes all it is given is not to wait for the disk, nor the disk for it. Each share of
     * changes that was given whole makes the next one twice as large, and from then on the next one is read while one
     * is given.
     *
     * Bounds: what that takes beyond a share of the first size is granted by the allowance that all streams have in
     * common, and given back when the subscription starts over, stands still or needs no history any more.
     */

    private final CatchUp catchUp;
    private final WatchMetrics metrics;
    private final HistoryRead.Asker asker;
    private final WatchSpec spec;
    private @Nullable HistoryRead outstanding;
    private @Nullable Chunk brought;
    private int shareBytes = Limits.SHARE_BYTES;
    private long target;
    private long cursorAtTick;

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

    /** Lets go of all. A read that is under way is awaited before another starts, and what it brings is dropped. */
    void startOver() {
        if (outstanding != null) {
            outstanding.discard();
        }
        brought = null;
        catchUp.allowance().giveBack(granted(shareBytes));
        shareBytes = Limits.SHARE_BYTES;
    }

    /** Takes what a read brought, unless that is to be dropped; throws what it failed with. */
    void accept(HistoryRead read) {
        outstanding = null;
        if (!read.isStale()) {
            brought = read.chunk();
        }
    }

    /** Returns what was read and not returned yet, or null. */
    @Nullable
    Chunk take() {
        Chunk chunk = brought;
        brought = null;
        return chunk;
    }

    /**
     * Takes that time has passed; returns whether it holds, or is about to hold, more than a share of the first size
     * for a stream that took nothing since the last time.
     *
     * @param cursor the position up to which the stream was given everything
     */
    boolean stoodStill(long cursor) {
        boolean still = isFast() && cursor == cursorAtTick;
        cursorAtTick = cursor;
        return still;
    }

    private boolean isFast() {
        return shareBytes > Limits.SHARE_BYTES;
    }

    /** Takes that a share was given whole. */
    void given(Chunk share) {
        boolean full = share.kind() == Chunk.Kind.CHANGES && share.bytes() >= shareBytes / 2;
        int larger = 2 * shareBytes;
        if (full
                && larger <= Limits.LARGEST_SHARE_BYTES
                && catchUp.allowance().take(granted(larger) - granted(shareBytes))) {
            shareBytes = larger;
        }
    }

    /** Returns what shares of a size need beyond the first: for the one that is given and the one that is read. */
    private static long granted(int size) {
        return 2L * (size - Limits.SHARE_BYTES);
    }

    /** Asks for what follows the changes that are being given, where the stream is fast enough to want it soon. */
    void readAhead(WatchFilter filter, long after) {
        if (isFast() && after < target && brought == null) {
            readChanges(filter, after);
        }
    }

    /** Asks for changes in (after, target], unless a read is outstanding. */
    void readChanges(WatchFilter filter, long after) {
        if (outstanding == null) {
            metrics.readsHistory(target - after);
            read(new HistoryRead.OfChanges(asker, spec, filter, after, target, shareBytes));
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
