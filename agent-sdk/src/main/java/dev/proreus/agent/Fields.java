package dev.proreus.agent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object, such as the spec or the status of an object: fields by key, read with a type and never changed.
 *
 * <p>Values are strings, booleans, {@code null}, lists, nested objects and numbers. A whole number of magnitude up to
 * 2^53 is a {@link Long} and every other number a {@link Double}, whatever it was given as, so that equal numbers are
 * equal and whole ones print as whole.
 *
 * <p>Reading a field that is absent, without saying a fallback, and reading one of another type throw
 * {@link InvalidFieldException}, whose message names the place; a handler can let it pass, and it becomes a condition
 * that people see. A field that holds {@code null} counts as absent.
 *
 * <p>Immutable, hence safe for use by several threads.
 */
public final class Fields {
    private static final Fields EMPTY = new Fields("", Collections.emptySortedMap());

    private final String place;
    private final SortedMap<String, @Nullable Object> values;

    private Fields(String place, SortedMap<String, @Nullable Object> values) {
        this.place = place;
        this.values = values;
    }

    /** Returns an object without fields. */
    public static Fields empty() {
        return EMPTY;
    }

    /**
     * Copies a map, and all that is in it.
     *
     * @throws IllegalArgumentException where a value is of none of the types above, or a number is not finite
     */
    public static Fields of(Map<String, ? extends @Nullable Object> values) {
        return new Fields("", Values.copyOf(values));
    }

    /** Returns the same fields under another name for messages, such as {@code spec}. */
    public Fields at(String newPlace) {
        return new Fields(newPlace, values);
    }

    /** Returns whether there are no fields. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** Returns whether a field is present and not {@code null}. */
    public boolean has(String key) {
        return values.get(key) != null;
    }

    /** Returns the value of a field; empty where it is absent. */
    public Optional<Object> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Returns a text. */
    public String string(String key) {
        return required(key, String.class, "a string");
    }

    /** Returns a text, or the fallback where the field is absent. */
    public String string(String key, String fallback) {
        return has(key) ? string(key) : fallback;
    }

    /** Returns a whole number. */
    public long integer(String key) {
        return required(key, Long.class, "a whole number");
    }

    /** Returns a whole number, or the fallback where the field is absent. */
    public long integer(String key, long fallback) {
        return has(key) ? integer(key) : fallback;
    }

    /** Returns a number, whole or not. */
    public double number(String key) {
        return required(key, Number.class, "a number").doubleValue();
    }

    /** Returns a number, whole or not, or the fallback where the field is absent. */
    public double number(String key, double fallback) {
        return has(key) ? number(key) : fallback;
    }

    /** Returns true or false. */
    public boolean bool(String key) {
        return required(key, Boolean.class, "true or false");
    }

    /** Returns true or false, or the fallback where the field is absent. */
    public boolean bool(String key, boolean fallback) {
        return has(key) ? bool(key) : fallback;
    }

    /** Returns a list; empty where the field is absent. Nested objects are {@link Fields}. */
    public List<Object> list(String key) {
        if (!has(key)) {
            return List.of();
        }
        List<Object> shown = new ArrayList<>();
        for (Object element : required(key, List.class, "a list")) {
            shown.add(element instanceof Map<?, ?> map ? nested(key + "[" + shown.size() + "]", map) : element);
        }
        return Collections.unmodifiableList(shown);
    }

    /**
     * Returns a nested object; empty where a part of the path is absent.
     *
     * @param path keys joined by dots, such as {@code dock.position}; a key that has a dot itself cannot be reached
     */
    public Fields path(String path) {
        Fields reached = this;
        for (String key : path.split("\\.", -1)) {
            reached = reached.has(key)
                    ? reached.nested(key, reached.required(key, Map.class, "an object"))
                    : new Fields(reached.named(key), Collections.emptySortedMap());
        }
        return reached;
    }

    /** Returns these fields with one added or replaced. */
    public Fields with(String key, @Nullable Object value) {
        SortedMap<String, @Nullable Object> changed = new TreeMap<>(values);
        changed.put(key, Values.copyOf(value, key));
        return new Fields(place, Collections.unmodifiableSortedMap(changed));
    }

    /** Returns these fields without one. */
    public Fields without(String key) {
        if (!values.containsKey(key)) {
            return this;
        }
        SortedMap<String, @Nullable Object> changed = new TreeMap<>(values);
        changed.remove(key);
        return new Fields(place, Collections.unmodifiableSortedMap(changed));
    }

    /** Returns all fields, sorted by key; nested objects are maps. Not modifiable. */
    public Map<String, @Nullable Object> asMap() {
        return values;
    }

    /** Two are equal where they have the same fields with the same values. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Fields fields && values.equals(fields.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Returns the fields for people, sorted by key, such as {@code {position=3, target=7}}. */
    @Override
    public String toString() {
        return values.toString();
    }

    private <T> T required(String key, Class<T> type, String expected) {
        Object value = values.get(key);
        if (value == null) {
            throw new InvalidFieldException(named(key) + " is missing: it must be " + expected);
        }
        if (!type.isInstance(value)) {
            throw new InvalidFieldException(named(key) + " is " + value + ": it must be " + expected);
        }
        return type.cast(value);
    }

    @SuppressWarnings("unchecked") // Every nested map was made by Values.
    private Fields nested(String key, Map<?, ?> map) {
        return new Fields(named(key), (SortedMap<String, @Nullable Object>) map);
    }

    private String named(String key) {
        return place.isEmpty() ? key : place + "." + key;
    }
}
