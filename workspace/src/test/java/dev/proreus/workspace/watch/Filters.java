package dev.proreus.workspace.watch;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The filters that tests watch with, beside those of {@link WatchFilter} itself. */
final class Filters {
    private Filters() {}

    /** Wants the objects with one value of the assignment field. */
    record Assigned(String assignment) implements WatchFilter {
        @Override
        public @Nullable String name() {
            return null;
        }

        @Override
        public boolean matches(String objectName, @Nullable String objectAssignment) {
            return assignment.equals(objectAssignment);
        }
    }

    /** Wants all but the objects with some values of the assignment field, as the claim on a whole type does. */
    record Rest(Set<String> others) implements WatchFilter {
        @Override
        public @Nullable String name() {
            return null;
        }

        @Override
        public @Nullable String assignment() {
            return null;
        }

        @Override
        public boolean matches(String objectName, @Nullable String objectAssignment) {
            return objectAssignment == null || !others.contains(objectAssignment);
        }
    }

    /** Wants one object and counts how often it is asked. */
    record Counting(String name, AtomicLong asked) implements WatchFilter {
        @Override
        public @Nullable String assignment() {
            return null;
        }

        @Override
        public boolean matches(String objectName, @Nullable String objectAssignment) {
            asked.incrementAndGet();
            return objectName.equals(name);
        }
    }
}
