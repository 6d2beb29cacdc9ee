package dev.proreus.cli.output;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;

/** How long ago something was, in one short word such as 42s, 5m, 3h, 2d or 1y. */
public final class Age {
    private static final long DAYS_OF_YEAR = 365;

    private Age() {}

    /** Returns the time from then to now; a clock that runs behind the server's counts as no time at all. */
    public static String of(Timestamp then, Instant now) {
        return of(Duration.between(Instant.ofEpochSecond(then.getSeconds(), then.getNanos()), now));
    }

    /** Returns a duration in its largest whole unit. */
    public static String of(Duration age) {
        if (age.compareTo(Duration.ofMinutes(1)) < 0) {
            return Math.max(0, age.toSeconds()) + "s";
        }
        if (age.compareTo(Duration.ofHours(1)) < 0) {
            return age.toMinutes() + "m";
        }
        if (age.compareTo(Duration.ofDays(1)) < 0) {
            return age.toHours() + "h";
        }
        return age.toDays() < DAYS_OF_YEAR ? age.toDays() + "d" : age.toDays() / DAYS_OF_YEAR + "y";
    }
}
