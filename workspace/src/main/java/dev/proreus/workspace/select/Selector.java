package dev.proreus.workspace.select;

import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which objects of a type are meant: those that meet every requirement. As in Kubernetes, {@code !=} and {@code notin}
 * are met by an object that lacks the label or field. Equal selectors have equal requirements, in whatever order and
 * however often they were written.
 *
 * @param requirements distinct, in the one order of requirements; none: every object
 */
public record Selector(List<Requirement> requirements) {
    /** Means every object. */
    public static final Selector EVERY = new Selector(List.of());

    public Selector {
        requirements = requirements.stream().distinct().sorted().toList();
    }

    /**
     * Parses a label selector, such as {@code tier=gold,site in (a, b),!retired}.
     *
     * @throws RefusedException with BAD_REQUEST, the field {@code label_selector} and the place that is wrong
     */
    public static Selector ofLabels(String text) {
        return new Selector(new SelectorParser(new LabelGrammar(), text).requirements());
    }

    /**
     * Parses a field selector, such as {@code spec.agent=fleet,metadata.name!=robot-1}.
     *
     * @param declared paths of the fields that may be named beside {@link Selectable#NAME}
     * @throws RefusedException with BAD_REQUEST, the field {@code field_selector} and the place that is wrong
     */
    public static Selector ofFields(String text, List<String> declared) {
        return new Selector(new SelectorParser(new FieldGrammar(declared), text).requirements());
    }

    /** Returns the selector of the one object of a name. */
    public static Selector ofName(String name) {
        return new Selector(List.of(new Requirement(Term.Kind.FIELD, Selectable.NAME, Operator.IN, List.of(name))));
    }

    /** Returns the selector of the objects that both mean. */
    public Selector and(Selector other) {
        if (other.requirements.isEmpty()) {
            return this;
        }
        List<Requirement> both = new ArrayList<>(requirements);
        both.addAll(other.requirements);
        return new Selector(both);
    }

    /** Returns whether it means an object of which this is to be seen. */
    public boolean matches(Selectable state) {
        for (Requirement requirement : requirements) {
            if (!requirement.matches(state)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the one name that can match, or null where others can. */
    public @Nullable String name() {
        return terms(true).map(Term::value).findFirst().orElse(null);
    }

    /** Returns the equalities that every match satisfies, that on the name excepted: fields first, then by key. */
    public List<Term> terms() {
        return terms(false).toList();
    }

    private Stream<Term> terms(boolean ofName) {
        return requirements.stream()
                .map(Requirement::term)
                .filter(Objects::nonNull)
                .filter(term ->
                        ofName == (term.kind() == Term.Kind.FIELD && term.key().equals(Selectable.NAME)));
    }

    /** Returns the requirements on one kind as they are written in a selector of it. */
    public String text(Term.Kind kind) {
        return requirements.stream()
                .filter(requirement -> requirement.kind() == kind)
                .map(Requirement::toString)
                .collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return "labels [" + text(Term.Kind.LABEL) + "] fields [" + text(Term.Kind.FIELD) + "]";
    }
}
