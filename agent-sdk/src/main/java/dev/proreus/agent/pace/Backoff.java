package dev.proreus.agent.pace;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: a random part of a delay that doubles from one try to the next up to a cap
 * (full jitter), so that many who failed together do not come back together. It never gives up. For one thread.
 */
public final class Backoff {
    private static final int MOST_DOUBLINGS = 40;

    private final Duration first;
    private final Duration cap;
    private final RandomGenerator random;

    /**
     * Makes a backoff.
     *
     * @param first the longest wait after the first failure
     * @param cap the longest wait of all
     * @param random where the part comes from
     */
    public Backoff(Duration first, Duration cap, RandomGenerator random) {
        this.first = first;
        this.cap = cap;
        this.random = random;
    }

    /**
     * Returns how long to wait.
     *
     * @param failures how many tries have failed in a row before the one that failed now, from 0
     */
    public Duration delay(int failures) {
        long most = cap.toNanos();
        int doublings = Math.min(failures, MOST_DOUBLINGS);
        if (first.toNanos() <= most >> doublings) {
            most = first.toNanos() << doublings;
        }
        return Duration.ofNanos(random.nextLong(most) + 1);
    }

    /** Returns a delay spread evenly over a tenth of it to either side. */
    public Duration spread(Duration delay) {
        long tenth = delay.toNanos() / 10;
        return tenth == 0 ? delay : delay.plusNanos(random.nextLong(-tenth, tenth + 1));
    }
}
