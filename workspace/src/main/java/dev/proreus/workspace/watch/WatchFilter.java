package dev.proreus.workspace.watch;

import org.jspecify.annotations.Nullable;

/**
 * Which objects of a type a subscription wants. Immutable, with {@code equals} by value; {@code matches} is pure and
 * quick, and is called on event loops and reader threads alike.
 */
public interface WatchFilter {
    /** Returns the one name that can match, to index by, or null where others can. */
    @Nullable
    String name();

    /** Returns the one value of the assignment field that can match, to index by, or null where others can. */
    @Nullable
    String assignment();

    /** Returns whether an object of this name, with this value of its type's assignment field, is wanted. */
    boolean matches(String objectName, @Nullable String objectAssignment);

    /** Returns the filter that wants every object. */
    static WatchFilter every() {
        return new EveryObject();
    }

    /** Returns the filter that wants one object. */
    static WatchFilter named(String name) {
        return new NamedObject(name);
    }

    /** Wants every object. */
    record EveryObject() implements WatchFilter {
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
            return true;
        }
    }

    /**
     * Wants one object.
     *
     * @param name its name
     */
    record NamedObject(String name) implements WatchFilter {
        @Override
        public @Nullable String assignment() {
            return null;
        }

        @Override
        public boolean matches(String objectName, @Nullable String objectAssignment) {
            return objectName.equals(name);
        }
    }
}
