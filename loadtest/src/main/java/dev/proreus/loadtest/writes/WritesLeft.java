package dev.proreus.loadtest.writes;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The writes of one run: which is next, how many are answered, and whether the run has failed. Thread-safe. */
final class WritesLeft {
    private static final Duration TELL_EVERY = Duration.ofSeconds(1);

    /** Where nothing is answered for so long, the run has failed. */
    private static final int STALLED_AFTER_SECONDS = 30;

    private final int total;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final CountDownLatch end = new CountDownLatch(1);

    WritesLeft(int total) {
        this.total = total;
    }

    /** Returns the number of the next write, or -1 where all are under way or the run has failed. */
    int take() {
        int write = taken.getAndIncrement();
        return write < total && end.getCount() > 0 ? write : -1;
    }

    void answered() {
        if (answered.incrementAndGet() == total) {
            end.countDown();
        }
    }

    void failed(String why) {
        failure.compareAndSet(null, why);
        end.countDown();
    }

    /** Waits until all are answered or the run has failed, and tells how far it is meanwhile. */
    void await(PrintWriter err) throws InterruptedException {
        int before = 0;
        int still = 0;
        while (!end.await(TELL_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            int now = answered.get();
            still = now == before ? still + 1 : 0;
            before = now;
            err.println(String.format(Locale.ROOT, "bench writes: %,d of %,d writes", now, total));
            err.flush();
            if (still >= STALLED_AFTER_SECONDS) {
                failed("nothing was answered for " + STALLED_AFTER_SECONDS + " s");
            }
        }
    }

    /** Returns how many are answered. */
    int answeredCount() {
        return answered.get();
    }

    /** Returns why the run has failed, or null. */
    @Nullable
    String failure() {
        return failure.get();
    }
}
