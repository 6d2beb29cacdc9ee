package dev.proreus.agent.pace;

import java.time.Duration;

/**
 * Durations as the clock counts them. Authors and servers may name any duration, such as one that stands for ever, and
 * not every one of them can be counted in nanoseconds or added to a time. Pure functions.
 */
public final class Delays {
    /** The longest delay; whoever names a longer one does not mean to see its end. */
    public static final Duration LONGEST = Duration.ofDays(365);

    private Delays() {}

    /** Returns a duration in nanoseconds: from none to those of {@link #LONGEST}. */
    public static long nanos(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        return duration.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : duration.toNanos();
    }

    /** Returns a duration, none where it is negative, and {@link #LONGEST} where it is longer. */
    public static Duration bounded(Duration duration) {
        return Duration.ofNanos(nanos(duration));
    }
}
