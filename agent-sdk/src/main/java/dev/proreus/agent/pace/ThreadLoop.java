package dev.proreus.agent.pace;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loop on an executor of one thread.
 *
 * <p>Its queue holds no more than the messages that the transport may have under way, one result for each worker and
 * one timer for each purpose: all bounded by those who hand in.
 */
public final class ThreadLoop implements Loop {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadLoop.class);

    private final ScheduledExecutorService thread;
    private final LongSupplier ticker;

    /**
     * Makes a loop.
     *
     * @param thread runs one task at a time; the caller shuts it down
     * @param ticker nanoseconds from some start
     */
    public ThreadLoop(ScheduledExecutorService thread, LongSupplier ticker) {
        this.thread = thread;
        this.ticker = ticker;
    }

    @Override
    public void execute(Runnable task) {
        try {
            thread.execute(guarded(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("The agent has stopped: a task is dropped");
        }
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        try {
            Future<?> scheduled = thread.schedule(guarded(task), Delays.nanos(delay), TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException e) {
            LOG.debug("The agent has stopped: a timer is dropped");
            return () -> {};
        }
    }

    @Override
    public long nanoTime() {
        return ticker.getAsLong();
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("A task of the agent failed; the agent goes on", e);
            }
        };
    }
}
