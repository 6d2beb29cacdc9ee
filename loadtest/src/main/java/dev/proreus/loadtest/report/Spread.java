package dev.proreus.loadtest.report;

import java.util.Arrays;
import java.util.Locale;

/** What several rounds gave for one figure. */
public final class Spread {
    private final double[] ascending;

    /** Takes the values of all rounds, at least one. */
    public Spread(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("there is no spread of no rounds");
        }
        ascending = values.clone();
        Arrays.sort(ascending);
    }

    /** Returns the middle value, or the mean of the two in the middle. */
    public double median() {
        int middle = ascending.length / 2;
        return ascending.length % 2 == 1 ? ascending[middle] : (ascending[middle - 1] + ascending[middle]) / 2;
    }

    /** Returns the least. */
    public double min() {
        return ascending[0];
    }

    /** Returns the most. */
    public double max() {
        return ascending[ascending.length - 1];
    }

    /** Returns {@code median (min to max)}, each in a format of {@link String#format}. */
    public String text(String format) {
        return String.format(Locale.ROOT, format + " (" + format + " to " + format + ")", median(), min(), max());
    }
}
