package dev.proreus.workspace.watch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** An executor whose tasks run one by one, when a test says so. */
final class StepExecutor implements Executor {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean running;
    private boolean rejecting;
    private int accepted;

    @Override
    public void execute(Runnable task) {
        if (rejecting) {
            throw new RejectedExecutionException("told to");
        }
        accepted++;
        tasks.add(task);
    }

    void reject(boolean all) {
        rejecting = all;
    }

    boolean hasWork() {
        return !tasks.isEmpty();
    }

    boolean isRunning() {
        return running;
    }

    /** Returns how many tasks it has been given in its life. */
    int accepted() {
        return accepted;
    }

    void step() {
        running = true;
        try {
            tasks.remove().run();
        } finally {
            running = false;
        }
    }

    void drain() {
        while (hasWork()) {
            step();
        }
    }
}
