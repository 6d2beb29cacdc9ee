package dev.proreus.agent.pace;

import java.time.Duration;

/**
 * The agent's one thread: runs tasks one after another, each to its end. All state of an agent is touched from here
 * only, so that nothing of it needs a lock.
 *
 * <p>Its methods may be called from any thread. What a task throws is logged, and the loop goes on. After the loop has
 * stopped, tasks are dropped.
 */
public interface Loop {
    /** A task that waits for its time. */
    @FunctionalInterface
    interface Timer {
        /** Makes the task not run, if it has not begun. */
        void cancel();
    }

    /** Runs a task after all those handed in before. */
    void execute(Runnable task);

    /** Runs a task after a delay, of {@link Delays#LONGEST} at most. */
    Timer after(Duration delay, Runnable task);

    /** Returns the loop's clock: nanoseconds from some start, for differences only. */
    long nanoTime();
}
