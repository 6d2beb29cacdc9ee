package dev.proreus.workspace.store.rocksdb;

import org.rocksdb.RateLimiter;
import org.rocksdb.RateLimiterMode;

/**
 * How fast RocksDB's compactions go: as fast as they can, except while what was deleted is given back, for which nobody
 * waits. What they read is counted: where much was deleted they read much and write little, and a flush, for which
 * writes may have to wait, reads nothing. By any thread.
 */
final class CompactionPace {
    /** What compactions read a second while room is given back: a small part of what one core can do. */
    static final long SLOW_BYTES_PER_SECOND = 8L << 20;

    /**
     * The same at all other times: more than one compaction does. No more than that, since what it may read within one
     * rest is still its due when it has to become slow.
     */
    static final long FAST_BYTES_PER_SECOND = 1L << 30;

    /** For how long a compaction rests at most before it goes on: shorter than what a client would notice. */
    private static final long REST_MICROS = 10_000;

    /** One in so many requests is let pass before what is more urgent, so that nothing waits for ever. */
    private static final int FAIRNESS = 10;

    private final RateLimiter limiter;

    /** Makes a fast pace; the limiter belongs to the given stack. */
    CompactionPace(NativeStack natives) {
        this.limiter =
                natives.own(new RateLimiter(FAST_BYTES_PER_SECOND, REST_MICROS, FAIRNESS, RateLimiterMode.READS_ONLY));
    }

    RateLimiter limiter() {
        return limiter;
    }

    /** Sets the pace of all compactions, those under way too. */
    void setSlow(boolean slow) {
        limiter.setBytesPerSecond(slow ? SLOW_BYTES_PER_SECOND : FAST_BYTES_PER_SECOND);
    }
}
