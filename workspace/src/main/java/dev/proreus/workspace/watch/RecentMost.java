package dev.proreus.workspace.watch;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The largest of the numbers that were added in the last minute, or up to one more. Any thread may add and look. */
final class RecentMost {
    private static final long SPAN_NANOS = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private long began;
    private long most;
    private long mostBefore;

    RecentMost(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    synchronized void add(long number) {
        turn();
        most = Math.max(most, number);
    }

    /** Returns the largest, or 0 where none was added. */
    synchronized long get() {
        turn();
        return Math.max(most, mostBefore);
    }

    private void turn() {
        long spans = (nanoTime.getAsLong() - began) / SPAN_NANOS;
        if (spans > 0) {
            mostBefore = spans == 1 ? most : 0;
            most = 0;
            began += spans * SPAN_NANOS;
        }
    }
}
