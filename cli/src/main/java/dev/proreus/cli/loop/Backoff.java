package dev.proreus.cli.loop;

import java.time.Duration;

/**
 * How long to wait before each try: the first at once, then doubling from a first step up to a bound. Not thread-safe.
 */
public final class Backoff {
    private final Duration first;
    private final Duration longest;
    private Duration next = Duration.ZERO;

    public Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    /** Returns how long to wait now, and doubles the next wait. */
    public Duration next() {
        Duration now = next;
        Duration doubled = now.isZero() ? first : now.multipliedBy(2);
        next = doubled.compareTo(longest) < 0 ? doubled : longest;
        return now;
    }

    /** Forgets earlier tries. */
    public void reset() {
        next = Duration.ZERO;
    }
}
