package dev.proreus.cli.loop;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The loop of a command that runs until it is ended.
 *
 * <p>State: a bounded queue of what other threads handed over, and what is due when. Thread rule: {@link #hand} and
 * {@link #end} are for every thread, everything else for the one that runs the loop. A thread that hands over while the
 * queue is full waits; the loop's own thread uses {@link #after} and never waits for itself.
 */
public final class MainLoop implements Loop {
    private static final int HANDED_MAX = 1_024;
    private static final long LOOK_AGAIN_MILLIS = 100;
    private static final Duration NEVER = Duration.ofDays(1);

    private final LongSupplier nanoTime;
    private final BlockingQueue<Runnable> handed = new ArrayBlockingQueue<>(HANDED_MAX);
    private final PriorityQueue<Due> dues =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::number));
    private long number;
    private volatile boolean ended;

    /** Makes a loop that tells the time by {@code nanoTime}, as {@link System#nanoTime} does. */
    public MainLoop(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Hands over; what comes after the loop has ended is forgotten. */
    @Override
    public void hand(Runnable work) {
        try {
            while (!ended && !handed.offer(work, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                Thread.onSpinWait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets {@link #run} return after what it does now. */
    public void end() {
        ended = true;
        handed.offer(() -> {});
    }

    public boolean ended() {
        return ended;
    }

    @Override
    public Pending after(Duration delay, Runnable work) {
        Due due = new Due(now().plus(delay), number++, work);
        dues.add(due);
        return () -> dues.remove(due);
    }

    @Override
    public Duration now() {
        return Duration.ofNanos(nanoTime.getAsLong());
    }

    /** Does what is handed over and what falls due, until the end; an interrupt ends it too. */
    public void run() {
        run(() -> false);
    }

    /** Does what is handed over and what falls due, until it is enough or the end. */
    public void run(BooleanSupplier enough) {
        while (!ended && !enough.getAsBoolean()) {
            try {
                turn();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                ended = true;
            }
        }
    }

    private void turn() throws InterruptedException {
        Due due = dues.peek();
        Duration wait = due == null ? NEVER : due.at().minus(now());
        if (due != null && (wait.isNegative() || wait.isZero())) {
            dues.remove(due);
            due.work().run();
            drain();
            return;
        }
        run(handed.poll(wait.toNanos(), TimeUnit.NANOSECONDS));
    }

    private void drain() {
        int most = handed.size();
        for (int i = 0; i < most && !ended; i++) {
            run(handed.poll());
        }
    }

    private static void run(@Nullable Runnable work) {
        if (work != null) {
            work.run();
        }
    }

    private record Due(Duration at, long number, Runnable work) {}
}
