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
    private volatile long nextAt;

    /** @param rest lets the calling thread rest for some nanoseconds, or somewhat longer or shorter */
    ReadPace(LongSupplier nanoTime, LongConsumer rest) {
        this.nanoTime = nanoTime;
        this.rest = rest;
        this.nextAt = nanoTime.getAsLong();
        this.writtenAt = nextAt - WRITES_WITHIN_NANOS;
    }

    /** Takes note that something was published; for the writer, whom it costs next to nothing. */
    void published(long nanos) {
        writtenAt = nanos;
    }

    /** Rests before a read, where writes come; returns when the read begins. */
    long begin() {
        long now = nanoTime.getAsLong();
        if (now - writtenAt < WRITES_WITHIN_NANOS) {
            long nanos = Math.min(REST_MAX_NANOS, nextAt - now);
            if (nanos > 0) {
                rest.accept(nanos);
                return nanoTime.getAsLong();
            }
        }
        return now;
    }

    /**
     * Takes note that a read ends now.
     *
     * @param given bytes of events that it gave, to all watches together
     */
    void end(long began, long given) {
        long took = nanoTime.getAsLong() - began;
        nextAt = began + Math.max(took + took / WORK_PER_REST, given * NANOS_PER_BYTE);
    }
}
