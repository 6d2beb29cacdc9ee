package dev.proreus.server;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time as people write it: a whole number and s, m, h or d, such as 90s or 1h. */
final class AgeText implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(s|m|h|d)");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS, "d", ChronoUnit.DAYS);

    /** The longest: beyond it the arithmetic of time would fail somewhere else. */
    private static final Duration MAX = Duration.ofDays(3_650);

    @Override
    public Duration convert(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is not a time: write a whole number and s, m, h or d, such as 90s or 1h");
        }
        Duration age = Duration.of(Long.parseLong(parts.group(1)), Objects.requireNonNull(UNITS.get(parts.group(2))));
        if (age.isZero() || age.compareTo(MAX) > 0) {
            throw new TypeConversionException("'" + text + "' is out of range: from 1s to " + MAX.toDays() + "d");
        }
        return age;
    }
}
