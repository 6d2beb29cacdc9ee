package dev.proreus.agent.pace;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: a random part of a delay that doubles from one try to the next up to a cap
 * (full jitter), so that many who failed together do not come back together. It never gives up. For one thread.
 */
public final class Backoff {
    private static final int MOST_DOUBLINGS = 40;

    private final long firstNanos;
    private final long capNanos;
    private final RandomGenerator random;

    /**
     * Makes a backoff.
     *
     * @param first the longest wait after the first failure
     * @param cap the longest wait of all, itself at most {@link Delays#LONGEST}
     * @param random where the part comes from
     */
    public Backoff(Duration first, Duration cap, RandomGenerator random) {
        this.firstNanos = Delays.nanos(first);
        this.capNanos = Delays.nanos(cap);
        this.random = random;
    }

    /**
     * Returns how long to wait.
     *
     * @param failures how many tries have failed in a row before the one that failed now, from 0
     */
    public Duration delay(int failures) {
        long most = capNanos;
        int doublings = Math.min(failures, MOST_DOUBLINGS);
        if (firstNanos <= most >> doublings) {
            most = firstNanos << doublings;
        }
        return Duration.ofNanos(random.nextLong(most) + 1);
    }

    /** Returns a delay spread evenly over a tenth of it to either side, at most {@link Delays#LONGEST}. */
    public Duration spread(Duration delay) {
        long nanos = Delays.nanos(delay);
        long tenth = nanos / 10;
        return tenth == 0 ? delay : Delays.bounded(Duration.ofNanos(nanos + random.nextLong(-tenth, tenth + 1)));
    }
}
