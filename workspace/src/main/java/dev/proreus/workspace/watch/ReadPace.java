package dev.proreus.workspace.watch;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Makes reads of history rest while writes come. A watch that catches up asks for more as soon as it has something, so
 * that without rests a reader, an event loop and a client are at work until it is live, and each step of a write waits
 * for a processor behind them. With them, what is given keeps to a rate, which takes less of a fast machine and no more
 * of a slow one; and what yields little rests for a part of the time that it takes. Thread-safe but where it says
 * otherwise.
 */
final class ReadPace {
    /** The time that each byte given takes: 71 MB/s, half a million events of 1.2 KB in 8.4 s. */
    static final long NANOS_PER_BYTE = 14;

    /** Time lost, since who rests is woken late or nothing is asked for, that is made up for by resting less. */
    static final long LATE_MAX_NANOS = 4_000_000;

    /** A reader works for at most so many times as long as it rests. */
    static final int WORK_PER_REST = 8;

    /** No rest is longer: a read may be of some milliseconds, and who waits for the next is not to feel it. */
    static final long REST_MAX_NANOS = 2_000_000;

    /** Writes come as long as one was published within this time: a hundred a second, or more. */
    static final long WRITES_WITHIN_NANOS = 10_000_000;

    private final LongSupplier nanoTime;
    private final LongConsumer rest;

    private volatile long writtenAt;

    /** When the next read is to begin by the rate. */
    private long due;

    /** @param rest lets the calling thread rest for some nanoseconds, or somewhat longer or shorter */
    ReadPace(LongSupplier nanoTime, LongConsumer rest) {
        this.nanoTime = nanoTime;
        this.rest = rest;
        this.due = nanoTime.getAsLong();
        this.writtenAt = due - WRITES_WITHIN_NANOS;
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
     * Returns how long to rest after a read that ends now; 0 where no writes come. One thread at a time.
     *
     * @param began when the read began
     * @param given bytes of events that it gave, to all watches together, or its part of them where reads that run
     *     beside it give some too
     */
    long restNanos(long began, long given) {
        long now = nanoTime.getAsLong();
        if (now - writtenAt >= WRITES_WITHIN_NANOS) {
            return 0;
        }
        due = Math.max(due, began - LATE_MAX_NANOS) + given * NANOS_PER_BYTE;
        due = Math.min(due, now + REST_MAX_NANOS);
        long least = Math.min(REST_MAX_NANOS, (now - began) / WORK_PER_REST);
        return Math.max(least, due - now);
    }

    /** Lets the calling thread rest for so long, or somewhat longer or shorter. */
    void rest(long nanos) {
        rest.accept(nanos);
    }
}
