package dev.proreus.workspace.watch;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Makes reads of history rest while writes come. A watch that catches up asks for more as soon as it has something, so
 * that without rests a reader, an event loop and a client are at work until it is live, and each step of a write waits
 * for a processor behind them. With them, what is given keeps to a rate, which takes less of a fast machine and no more
 * of a slow one; and what yields little rests for a part of the time that it takes. Thread-safe.
 */
final class ReadPace {
    /**
     * The least time from one read to the next for each byte given: 110 MB/s, half a million events of 1 KiB in 6 s.
     */
    static final long NANOS_PER_BYTE = 9;

    /** A reader works for at most so many times as long as it rests. */
    static final int WORK_PER_REST = 8;

    /** No rest is longer: a read may be of some milliseconds, and who waits for the next is not to feel it. */
    static final long REST_MAX_NANOS = 2_000_000;

    /** Writes come as long as one was published within this time: a hundred a second, or more. */
    static final long WRITES_WITHIN_NANOS = 10_000_000;

    private final LongSupplier nanoTime;
    private final LongConsumer rest;

    private volatile long writtenAt;

    /** @param rest lets the calling thread rest for some nanoseconds, or somewhat longer or shorter */
    ReadPace(LongSupplier nanoTime, LongConsumer rest) {
        this.nanoTime = nanoTime;
        this.rest = rest;
        this.writtenAt = nanoTime.getAsLong() - WRITES_WITHIN_NANOS;
    }

    /** Takes note that something was published; for the writer, whom it costs next to nothing. */
    void published(long nanos) {
        writtenAt = nanos;
    }

    /** Returns the time now, for {@link #restNanos}. */
    long now() {
        return nanoTime.getAsLong();
    }

    /**
     * Returns how long to rest after a read that ends now; 0 where no writes come.
     *
     * @param began when the read began
     * @param given bytes of events that it gave, to all watches together
     */
    long restNanos(long began, long given) {
        long now = nanoTime.getAsLong();
        if (now - writtenAt >= WRITES_WITHIN_NANOS) {
            return 0;
        }
        long took = now - began;
        long rest = Math.max(took / WORK_PER_REST, given * NANOS_PER_BYTE - took);
        return Math.min(REST_MAX_NANOS, rest);
    }

    /** Lets the calling thread rest for so long, or somewhat longer or shorter. */
    void rest(long nanos) {
        rest.accept(nanos);
    }
}
