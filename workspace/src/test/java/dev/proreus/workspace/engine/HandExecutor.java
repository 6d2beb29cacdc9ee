package dev.proreus.workspace.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** An executor whose tasks run when a test says so, on the test's thread, whatever delay they were given. */
final class HandExecutor extends ScheduledThreadPoolExecutor {
    private static final long NEVER_DAYS = 1_000;

    private final Deque<Task> tasks = new ArrayDeque<>();

    HandExecutor() {
        super(0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        tasks.add(new Task(task, Duration.of(delay, unit.toChronoUnit())));
        // What is given back is never run, but can be cancelled.
        return super.schedule(() -> {}, NEVER_DAYS, TimeUnit.DAYS);
    }

    void runNext() {
        tasks.remove().work.run();
    }

    Duration nextDelay() {
        return tasks.element().delay;
    }

    private record Task(Runnable work, Duration delay) {}
}
