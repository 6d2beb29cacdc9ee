package dev.proreus.guarantees.power;

import java.util.Locale;

/**
 * What losses of power took.
 *
 * @param times how often the power was lost
 * @param files files whose bytes were changed or cut
 * @param bytes bytes of them
 * @param entries new, moved and removed names that were taken back
 */
public record Loss(int times, int files, long bytes, int entries) {
    /** No loss at all. */
    public static final Loss NONE = new Loss(0, 0, 0, 0);

    /** Returns both together. */
    public Loss plus(Loss other) {
        return new Loss(times + other.times, files + other.files, bytes + other.bytes, entries + other.entries);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d losses of power took %,d bytes of %,d files and took back %,d names",
                times,
                bytes,
                files,
                entries);
    }
}
