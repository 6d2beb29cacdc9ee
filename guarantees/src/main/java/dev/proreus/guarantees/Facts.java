package dev.proreus.guarantees;

import java.util.Map;

/**
 * What selectors can see of a state beside its name.
 *
 * @param labels its labels
 * @param fields the values of the fields that the recording was told to keep, by path, such as {@code spec.agent}
 */
public record Facts(Map<String, String> labels, Map<String, String> fields) {
    /** Nothing. */
    public static final Facts NONE = new Facts(Map.of(), Map.of());

    /** Takes copies. */
    public Facts {
        labels = Map.copyOf(labels);
        fields = Map.copyOf(fields);
    }
}
