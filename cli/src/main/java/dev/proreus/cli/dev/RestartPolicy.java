package dev.proreus.cli.dev;

import dev.proreus.cli.loop.Backoff;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether and when a child that died is started again: at once the first time, then with growing delays while it keeps
 * dying soon, and not any more where it failed to get going so many times in a row. Not thread-safe.
 */
final class RestartPolicy {
    /** One that lived this long is started again at once. */
    static final Duration LONG_LIFE = Duration.ofSeconds(10);

    private final int failedStartsMax;
    private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));
    private int failedStarts;

    /**
     * Makes a policy.
     *
     * @param failedStartsMax deaths in a row, each before the child got going, after which it is given up
     */
    RestartPolicy(int failedStartsMax) {
        this.failedStartsMax = failedStartsMax;
    }

    /**
     * Returns how long to wait before the next start; empty where there is to be none.
     *
     * @param gotGoing whether it did its work before it died
     */
    Optional<Duration> afterDeath(boolean gotGoing, Duration lived) {
        if (lived.compareTo(LONG_LIFE) >= 0) {
            backoff.reset();
        }
        failedStarts = gotGoing ? 0 : failedStarts + 1;
        return failedStarts < failedStartsMax ? Optional.of(backoff.next()) : Optional.empty();
    }
}
