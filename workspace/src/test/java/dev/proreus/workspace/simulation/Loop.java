package dev.proreus.workspace.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** An event loop of a simulated process: its tasks run one by one, in order, when the simulation says so. */
final class Loop implements Executor {
    private final Deque<Runnable> tasks = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    boolean hasWork() {
        return !tasks.isEmpty();
    }

    void step() {
        tasks.remove().run();
    }
}
