package dev.proreus.loadtest.fanout;

import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** How far a run is, for all threads. */
final class Progress {
    private final long expected;
    private final AtomicLong told = new AtomicLong();
    private final LongAdder written = new LongAdder();
    private final AtomicLong lastTold = new AtomicLong(Long.MIN_VALUE);
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final CountDownLatch end = new CountDownLatch(1);

    /**
     * Makes the progress of a run.
     *
     * @param expected events of all watchers together
     */
    Progress(long expected) {
        this.expected = expected;
    }

    void told(long events, long nanoTime) {
        if (events > 0) {
            lastTold.accumulateAndGet(nanoTime, Math::max);
            if (told.addAndGet(events) >= expected) {
                end.countDown();
            }
        }
    }

    void wrote() {
        written.increment();
    }

    /** Takes in that a stream has ended; the first one that no one asked for makes the run fail. */
    void closed(Status status) {
        if (status.getCode() != Status.Code.CANCELLED) {
            failed("a watch ended: " + status.getCode() + " " + status.getDescription());
        }
    }

    void failed(String why) {
        failure.compareAndSet(null, why);
        end.countDown();
    }

    /** Waits until all events are there or the run has failed; returns whether it came to that within the time. */
    boolean awaitEnd(Duration timeout) throws InterruptedException {
        return end.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    long told() {
        return told.get();
    }

    long written() {
        return written.sum();
    }

    /** Returns when the last event came; the least number where none has. */
    long lastTold() {
        return lastTold.get();
    }

    @Nullable
    String failure() {
        return failure.get();
    }
}
