package dev.proreus.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done again and again by the clock, on the one thread of a scheduler. A tick that fails is logged, and is not
 * the last one.
 *
 * <p>Once {@link #close} is back, none is under way and none begins: what ticks use may be taken apart.
 */
final class Ticks {
    private static final Logger LOG = LoggerFactory.getLogger(Ticks.class);

    private final ScheduledExecutorService scheduler;

    /** Takes over a scheduler, which nobody else uses: it ends with this. */
    Ticks(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    /** Has something done again and again, though it fail at one time. */
    void every(Duration pause, String whose, Runnable tick) {
        Runnable guarded = () -> {
            try {
                tick.run();
            } catch (RuntimeException | Error fault) {
                LOG.error("a tick of the {} failed", whose, fault); // thrown, it would stop all further ones
            }
        };
        var unused =
                scheduler.scheduleWithFixedDelay(guarded, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends all ticks, and waits for the one under way for so long; an interrupt cuts that short, and is kept. */
    void close(Duration max) {
        NamedThreads.end(List.of(scheduler), max);
    }
}
