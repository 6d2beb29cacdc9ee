package dev.proreus.workspace;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What selectors can see of one state of an object: its name, its labels, and the values of the fields that its type
 * declares for it. Immutable, with {@code equals} by value.
 *
 * <p>Values of fields are texts: a string as it is, a truth value as {@code true} or {@code false}, a number as JSON
 * shows it ({@code 7}, {@code 0.5}, {@code 1e+21}). A field that is missing, null, a list or an object has none.
 */
public final class Selectable {
    /** The path by which field selectors call an object's name. */
    public static final String NAME = "metadata.name";

    private static final String[] NO_PAIRS = {};
    private static final int OVERHEAD_BYTES = 64;
    private static final int TEXT_BYTES = 48;

    private final String name;

    /** Keys, each followed by its value, in ascending order of keys. */
    private final String[] labels;

    /** Paths of the declared fields that have a value, each followed by it, in ascending order of paths. */
    private final String[] fields;

    private final TermHashes terms;

    private Selectable(String name, String[] labels, String[] fields, TermHashes terms) {
        this.name = name;
        this.labels = labels;
        this.fields = fields;
        this.terms = terms;
    }

    /** Returns what is to be seen of an object that has nothing but a name. */
    public static Selectable named(String name) {
        return new Selectable(name, NO_PAIRS, NO_PAIRS, TermHashes.NONE);
    }

    /**
     * Returns what is to be seen of an object.
     *
     * @param labels keys, each followed by its value, in ascending order of keys; not to be changed any more
     * @param fields paths, each followed by the field's value, in ascending order of paths; not to be changed any more
     */
    public static Selectable ofPairs(String name, String[] labels, String[] fields) {
        long[] hashes = new long[(labels.length + fields.length) / 2];
        int count = hash(Term.Kind.LABEL, labels, hashes, 0);
        hash(Term.Kind.FIELD, fields, hashes, count);
        return new Selectable(name, labels, fields, TermHashes.of(hashes));
    }

    /** Returns what is to be seen of an object with these labels by key and these fields' values by path. */
    public static Selectable of(String name, Map<String, String> labels, Map<String, String> fields) {
        return ofPairs(name, pairs(labels), pairs(fields));
    }

    public String name() {
        return name;
    }

    /** Returns the value of a label, or null where there is none. */
    public @Nullable String label(String key) {
        return find(labels, key);
    }

    /** Returns the value of a declared field, or of {@link #NAME}; null where it has none or is not declared. */
    public @Nullable String field(String path) {
        return path.equals(NAME) ? name : find(fields, path);
    }

    /** Returns the value of a label or field, or null where it has none. */
    public @Nullable String value(Term.Kind kind, String key) {
        return kind == Term.Kind.LABEL ? label(key) : field(key);
    }

    /** Returns the hashes of the terms that hold: one for each label and each declared field, none for the name. */
    public TermHashes terms() {
        return terms;
    }

    /** Returns about how many bytes it takes in memory beside the name. */
    public int bytes() {
        int bytes = OVERHEAD_BYTES + Long.BYTES * terms.size();
        for (int i = 0; i < labels.length; i++) {
            bytes += TEXT_BYTES + labels[i].length();
        }
        for (int i = 1; i < fields.length; i += 2) {
            bytes += TEXT_BYTES + fields[i].length();
        }
        return bytes;
    }

    private static @Nullable String find(String[] pairs, String key) {
        int low = 0;
        int high = pairs.length / 2 - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = pairs[2 * middle].compareTo(key);
            if (order == 0) {
                return pairs[2 * middle + 1];
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    private static int hash(Term.Kind kind, String[] pairs, long[] hashes, int from) {
        int next = from;
        for (int i = 0; i < pairs.length; i += 2) {
            hashes[next++] = Term.hash(kind, pairs[i], pairs[i + 1]);
        }
        return next;
    }

    private static String[] pairs(Map<String, String> map) {
        String[] pairs = new String[2 * map.size()];
        int next = 0;
        for (Map.Entry<String, String> entry : new TreeMap<>(map).entrySet()) {
            pairs[next++] = entry.getKey();
            pairs[next++] = entry.getValue();
        }
        return pairs;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Selectable that
                        && terms.equals(that.terms)
                        && name.equals(that.name)
                        && Arrays.equals(labels, that.labels)
                        && Arrays.equals(fields, that.fields));
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, terms);
    }

    @Override
    public String toString() {
        return name + " labels " + Arrays.toString(labels) + " fields " + Arrays.toString(fields);
    }
}
