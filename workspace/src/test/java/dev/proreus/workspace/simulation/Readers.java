package dev.proreus.workspace.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;

/** The reader threads of a simulated process: a few actors and a short queue, which rejects what it has no room for. */
final class Readers implements Executor {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Condition work;
    private final int room;

    Readers(Actors actors, int count, int room) {
        this.work = actors.lock().newCondition();
        this.room = room;
        for (int i = 0; i < count; i++) {
            actors.actor("reader-" + i, this::serve).start();
        }
    }

    @Override
    public void execute(Runnable task) {
        if (tasks.size() >= room) {
            throw new RejectedExecutionException("all readers are busy");
        }
        tasks.add(task);
        work.signal();
    }

    private void serve() {
        while (true) {
            Runnable task = tasks.poll();
            if (task == null) {
                work.awaitUninterruptibly();
            } else {
                task.run();
            }
        }
    }
}
