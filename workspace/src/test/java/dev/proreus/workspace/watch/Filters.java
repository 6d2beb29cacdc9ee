package dev.proreus.workspace.watch;

import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.Term;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The filters that tests watch with, beside those of {@link WatchFilter} itself. */
final class Filters {
    /** Path of the field that tests assign objects by. */
    static final String ASSIGNMENT = "spec.agent";

    private Filters() {}

    /** Returns what is to be seen of an object with a value of the assignment field, or with none. */
    static Selectable state(String name, @Nullable String assignment) {
        return Selectable.of(name, Map.of(), assignment == null ? Map.of() : Map.of(ASSIGNMENT, assignment));
    }

    /** Wants the objects with one value of the assignment field. */
    record Assigned(String assignment) implements WatchFilter {
        @Override
        public @Nullable String name() {
            return null;
        }

        @Override
        public List<Term> terms() {
            return List.of(new Term(Term.Kind.FIELD, ASSIGNMENT, assignment));
        }

        @Override
        public boolean matches(Selectable state) {
            return assignment.equals(state.field(ASSIGNMENT));
        }
    }

    /** Wants all but the objects with some values of the assignment field, as the claim on a whole type does. */
    record Rest(Set<String> others) implements WatchFilter {
        @Override
        public @Nullable String name() {
            return null;
        }

        @Override
        public List<Term> terms() {
            return List.of();
        }

        @Override
        public boolean matches(Selectable state) {
            String assignment = state.field(ASSIGNMENT);
            return assignment == null || !others.contains(assignment);
        }
    }

    /** Wants one object and counts how often it is asked. */
    record Counting(String name, AtomicLong asked) implements WatchFilter {
        @Override
        public List<Term> terms() {
            return List.of();
        }

        @Override
        public boolean matches(Selectable state) {
            asked.incrementAndGet();
            return state.name().equals(name);
        }
    }
}
