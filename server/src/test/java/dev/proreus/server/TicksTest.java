package dev.proreus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is done by the clock, while all is well, after a failure, and at the end. */
@Timeout(30)
class TicksTest {
    private static final Duration PAUSE = Duration.ofMillis(1);

    /** Longer than any of these tests takes. */
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    private final Ticks ticks = new Ticks(scheduler);

    @Test
    void aTickThatFailsIsNotTheLast() throws InterruptedException {
        CountDownLatch ticked = new CountDownLatch(3);

        ticks.every(PAUSE, "test", () -> {
            ticked.countDown();
            throw new AssertionError("a tick that fails");
        });

        assertThat(ticked.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        ticks.close(LONG);
    }

    @Test
    void theTickUnderWayEndsBeforeTheCloseAndNoneBeginsAfterIt() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        ticks.every(PAUSE, "test", () -> {
            begun.countDown();
            awaitQuietly(closing);
            ended.incrementAndGet();
        });
        begun.await();
        Thread closer = new Thread(() -> ticks.close(LONG));
        closer.start();
        while (!scheduler.isShutdown()) {
            Thread.onSpinWait();
        }
        boolean waits = closer.isAlive() && ended.get() == 0;

        closing.countDown();
        closer.join();

        assertThat(waits).as("closing waits for the tick under way").isTrue();
        assertThat(ended).as("ticks by the time that it is closed").hasValue(1);
        assertThat(scheduler.isTerminated()).isTrue();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
