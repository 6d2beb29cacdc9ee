package dev.proreus.loadtest.soak;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Lets something happen so often; what could not happen in time is not made up for. For one thread. */
final class Pace {
    private final LongSupplier nanoTime;
    private final long stepNanos;
    private long due;

    Pace(LongSupplier nanoTime, double perSecond) {
        this.nanoTime = nanoTime;
        this.stepNanos = (long) (1e9 / perSecond);
        this.due = nanoTime.getAsLong();
    }

    /** Waits until the next is due. */
    void await() {
        due = Math.max(due + stepNanos, nanoTime.getAsLong() - stepNanos);
        until(nanoTime, due);
    }

    /** Waits until a time. */
    static void until(LongSupplier nanoTime, long time) {
        for (long wait = time - nanoTime.getAsLong(); wait > 0; wait = time - nanoTime.getAsLong()) {
            LockSupport.parkNanos(wait);
        }
    }
}
