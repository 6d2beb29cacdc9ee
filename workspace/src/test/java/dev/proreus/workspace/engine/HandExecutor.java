package dev.proreus.workspace.engine;

import java.time.Duration;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** An executor whose tasks run when a test says so, on the test's thread, whatever delay they were given. */
final class HandExecutor extends ScheduledThreadPoolExecutor {
    private static final long NEVER_DAYS = 1_000;

    private static final long WAIT_SECONDS = Boolean.getBoolean("proreus.short") ? 2 : 30;

    private final BlockingDeque<Task> tasks = new LinkedBlockingDeque<>();

    HandExecutor() {
        super(0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        tasks.add(new Task(task, Duration.of(delay, unit.toChronoUnit())));
        // What is given back is never run, but can be cancelled.
        return super.schedule(() -> {}, NEVER_DAYS, TimeUnit.DAYS);
    }

    /** Runs the next task, awaiting it first. */
    void runNext() {
        next().work.run();
    }

    /** Returns the delay of the next task, awaiting it first. */
    Duration nextDelay() {
        Task next = next();
        tasks.addFirst(next);
        return next.delay;
    }

    private Task next() {
        try {
            Task next = tasks.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no task was given");
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private record Task(Runnable work, Duration delay) {}
}
