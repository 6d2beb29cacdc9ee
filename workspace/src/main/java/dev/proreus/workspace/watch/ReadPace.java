package dev.proreus.workspace.watch;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Makes reads of history rest while writes come. A watch that catches up asks for more as soon as it has something, so
 * that without rests a reader, and after it an event loop, are at work until it is live, and each step of a write waits
 * for a processor behind them. With them, a write finds one sooner, and catching up takes up to half as long again.
 * Thread-safe.
 */
final class ReadPace {
    /** A reader works for so many times as long as it rests. */
    private static final int WORK_PER_REST = 2;

    /** No rest is longer: a read may be of some milliseconds, and who waits for the next is not to feel it. */
    static final long REST_MAX_NANOS = 2_000_000;

    /** Writes come as long as one was published within this time: a hundred a second, or more. */
    static final long WRITES_WITHIN_NANOS = 10_000_000;

    private final LongSupplier nanoTime;
    private final LongConsumer rest;

    private volatile long writtenAt;
    private volatile long lastTook;

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

    /** Rests before a read, where writes come; returns when the read begins. */
    long begin() {
        long now = nanoTime.getAsLong();
        if (now - writtenAt < WRITES_WITHIN_NANOS) {
            long nanos = Math.min(REST_MAX_NANOS, lastTook / WORK_PER_REST);
            if (nanos > 0) {
                rest.accept(nanos);
                return nanoTime.getAsLong();
            }
        }
        return now;
    }

    /** Takes note that a read ends now. */
    void end(long began) {
        lastTook = nanoTime.getAsLong() - began;
    }
}
