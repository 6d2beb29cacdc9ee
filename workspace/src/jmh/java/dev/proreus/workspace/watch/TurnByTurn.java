package dev.proreus.workspace.watch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** A loop that runs what it was given when the benchmark says so, on the benchmark's thread. */
final class TurnByTurn implements Executor {
    private final Deque<Runnable> tasks = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    void drain() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }
}
