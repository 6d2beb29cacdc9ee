package dev.proreus.agent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The one form that values of {@link Fields} have, whatever they were given as. */
final class Values {
    /** Up to here every whole number is exact on the wire, where numbers are doubles. */
    private static final long EXACT = 1L << 53;

    private Values() {}

    static SortedMap<String, @Nullable Object> copyOf(Map<?, ? extends @Nullable Object> map) {
        SortedMap<String, @Nullable Object> copy = new TreeMap<>();
        for (Map.Entry<?, ? extends @Nullable Object> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                throw new IllegalArgumentException("a key of fields must be a string, not " + entry.getKey());
            }
            copy.put(key, copyOf(entry.getValue(), key));
        }
        return Collections.unmodifiableSortedMap(copy);
    }

    static @Nullable Object copyOf(@Nullable Object value, String key) {
        if (value == null || value instanceof String || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Number number) {
            return number(number, key);
        }
        if (value instanceof Fields fields) {
            return fields.asMap();
        }
        if (value instanceof Map<?, ?> map) {
            return copyOf(map);
        }
        if (value instanceof Enum<?> word) {
            return word.name();
        }
        if (value instanceof Iterable<?> elements) {
            return list(elements, key);
        }
        throw new IllegalArgumentException(key + " is a " + value.getClass().getName()
                + ": a value must be a string, a number, true, false, null, a list, a map or fields");
    }

    private static List<@Nullable Object> list(Iterable<?> elements, String key) {
        List<@Nullable Object> copy = new ArrayList<>();
        for (Object element : elements) {
            copy.add(copyOf(element, key));
        }
        return Collections.unmodifiableList(copy);
    }

    private static Number number(Number number, String key) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            long whole = number.longValue();
            if (whole > EXACT || whole < -EXACT) {
                throw new IllegalArgumentException(
                        key + " is " + whole + ": a whole number of magnitude above 2^53 must be given as a string");
            }
            return whole;
        }
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(key + " is " + value + ": a number must be finite");
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) <= EXACT;
        return whole ? (Number) (long) value : (Number) value;
    }
}
