package dev.proreus.workspace.select;

import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.Term;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One condition on one label or field.
 *
 * @param kind whether it speaks of a label or of a field
 * @param key the label's key, or the field's path
 * @param operator what it asks
 * @param values the values of IN and NOT_IN, distinct, in ascending order, at least one; none for the others
 */
public record Requirement(Term.Kind kind, String key, Operator operator, List<String> values)
        implements Comparable<Requirement> {
    /** Fields first, and among equals in kind by key: the order in which selectors hold, print and index them. */
    private static final Comparator<Requirement> ORDER = Comparator.comparing(
                    Requirement::kind, Comparator.reverseOrder())
            .thenComparing(Requirement::key)
            .thenComparing(Requirement::operator)
            .thenComparing(requirement -> requirement.values().size())
            .thenComparing(Requirement::values, Requirement::compareValues);

    public Requirement {
        values = values.stream().distinct().sorted().toList();
        boolean wantsValues = operator == Operator.IN || operator == Operator.NOT_IN;
        if (wantsValues == values.isEmpty()) {
            throw new IllegalArgumentException(operator + " does not go with " + values.size() + " values");
        }
    }

    /** Returns whether a state meets the condition. */
    public boolean matches(Selectable state) {
        String value = state.value(kind, key);
        return switch (operator) {
            case IN -> value != null && holds(value);
            case NOT_IN -> value == null || !holds(value);
            case EXISTS -> value != null;
            case NOT_EXISTS -> value == null;
        };
    }

    /** Returns the equality that it is, or null where it is none. */
    public @Nullable Term term() {
        return operator == Operator.IN && values.size() == 1 ? new Term(kind, key, values.get(0)) : null;
    }

    private boolean holds(String value) {
        return values.size() == 1 ? values.get(0).equals(value) : Collections.binarySearch(values, value) >= 0;
    }

    @Override
    public int compareTo(Requirement other) {
        return ORDER.compare(this, other);
    }

    private static int compareValues(List<String> one, List<String> other) {
        for (int i = 0; i < one.size(); i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** Returns it as it is written in a selector. */
    @Override
    public String toString() {
        return switch (operator) {
            case EXISTS -> key;
            case NOT_EXISTS -> "!" + key;
            case IN -> values.size() == 1 ? key + "=" + written(0) : key + " in " + list();
            case NOT_IN -> values.size() == 1 ? key + "!=" + written(0) : key + " notin " + list();
        };
    }

    private String list() {
        StringBuilder list = new StringBuilder("(");
        for (int i = 0; i < values.size(); i++) {
            list.append(i == 0 ? "" : ",").append(written(i));
        }
        return list.append(')').toString();
    }

    private String written(int index) {
        return SelectorText.escaped(values.get(index));
    }
}
