package dev.proreus.server;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads bytes as people write them: a whole number and B, KiB, MiB, GiB or TiB, such as 512MiB. */
final class SizeText implements ITypeConverter<Long> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})(B|KiB|MiB|GiB|TiB)");
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
    private static final int BITS_PER_UNIT = 10;

    /** The least: one state of an object that is as large as any may be. */
    private static final long MIN = 1L << 20;

    private static final long MAX = 1L << 50;

    @Override
    public Long convert(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is not a size: write a whole number and B, KiB, MiB, GiB or TiB, such as 4GiB");
        }
        long number = Long.parseLong(parts.group(1));
        int shift = BITS_PER_UNIT * UNITS.indexOf(parts.group(2));
        if (number > MAX >> shift || number << shift < MIN) {
            throw new TypeConversionException("'" + text + "' is out of range: from 1MiB to 1024TiB");
        }
        return number << shift;
    }
}
