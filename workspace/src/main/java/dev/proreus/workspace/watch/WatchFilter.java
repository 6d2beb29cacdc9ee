package dev.proreus.workspace.watch;

import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.Term;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which objects of a type a subscription wants. Immutable, with {@code equals} by value; {@code matches} is pure and
 * quick, and is called on event loops and reader threads alike.
 */
public interface WatchFilter {
    /** Returns the one name that can match, to index by, or null where others can. */
    @Nullable
    String name();

    /** Returns equalities that every match satisfies, to index by, the best first; none where there are none. */
    List<Term> terms();

    /** Returns whether an object is wanted of which selectors see this. */
    boolean matches(Selectable state);

    /** Returns whether nothing but {@link #name} decides, so that states need not be looked at. */
    default boolean byNameAlone() {
        return false;
    }

    /** Returns the filter that wants every object. */
    static WatchFilter every() {
        return EveryObject.ANY;
    }

    /** Returns the filter that wants one object. */
    static WatchFilter named(String name) {
        return new NamedObject(name);
    }

    /** Wants every object. */
    record EveryObject() implements WatchFilter {
        private static final EveryObject ANY = new EveryObject();

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
            return true;
        }

        @Override
        public boolean byNameAlone() {
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
        public List<Term> terms() {
            return List.of();
        }

        @Override
        public boolean matches(Selectable state) {
            return state.name().equals(name);
        }

        @Override
        public boolean byNameAlone() {
            return true;
        }
    }
}
