package dev.proreus.cli.option;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Amounts as people write them: a whole number and its unit. */
public final class Amount {
    private Amount() {}

    /** Reads a time, such as 90s or 1h; 0 without a unit is none. */
    public static final class Time implements ITypeConverter<Duration> {
        private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(s|m|h|d)");
        private static final Map<String, ChronoUnit> UNITS =
                Map.of("s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS, "d", ChronoUnit.DAYS);

        @Override
        public Duration convert(String text) {
            Matcher parts = FORM.matcher(text);
            if (parts.matches()) {
                return Duration.of(Long.parseLong(parts.group(1)), Objects.requireNonNull(UNITS.get(parts.group(2))));
            }
            if (text.equals("0")) {
                return Duration.ZERO;
            }
            throw new TypeConversionException(
                    "'" + text + "' is not a time: write a whole number and s, m, h or d, such as 90s or 1h");
        }
    }

    /** Reads bytes, such as 64MiB; 0 without a unit is none. */
    public static final class Size implements ITypeConverter<Long> {
        private static final Pattern FORM = Pattern.compile("([0-9]{1,6})(B|KiB|MiB|GiB|TiB)");
        private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
        private static final int BITS_PER_UNIT = 10;

        @Override
        public Long convert(String text) {
            Matcher parts = FORM.matcher(text);
            if (parts.matches()) {
                return Long.parseLong(parts.group(1)) << (BITS_PER_UNIT * UNITS.indexOf(parts.group(2)));
            }
            if (text.equals("0")) {
                return 0L;
            }
            throw new TypeConversionException(
                    "'" + text + "' is not a size: write a whole number and B, KiB, MiB, GiB or TiB, such as 64MiB");
        }
    }
}
