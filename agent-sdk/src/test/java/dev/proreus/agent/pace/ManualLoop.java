package dev.proreus.agent.pace;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/** A loop whose time passes when a test says so. For one thread. */
public final class ManualLoop implements Loop {
    private record Waiting(long due, long number, Runnable task) {}

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Waiting> timers =
            new PriorityQueue<>(Comparator.comparingLong(Waiting::due).thenComparingLong(Waiting::number));
    private long now = Long.MAX_VALUE / 4;
    private long numbers;

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        Waiting waiting = new Waiting(now + delay.toNanos(), numbers++, task);
        timers.add(waiting);
        return () -> timers.remove(waiting);
    }

    @Override
    public long nanoTime() {
        return now;
    }

    /** Runs all that can run now. */
    public void run() {
        advance(Duration.ZERO);
    }

    /** Lets time pass and runs all that falls due, each at its time. */
    public void advance(Duration time) {
        long end = now + time.toNanos();
        while (true) {
            if (!tasks.isEmpty()) {
                tasks.remove().run();
            } else if (!timers.isEmpty() && timers.peek().due() <= end) {
                Waiting next = timers.remove();
                now = Math.max(now, next.due());
                next.task().run();
            } else {
                now = end;
                return;
            }
        }
    }

    /** Returns how many timers wait. */
    public int timers() {
        return timers.size();
    }
}
