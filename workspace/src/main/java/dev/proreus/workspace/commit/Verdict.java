package dev.proreus.workspace.commit;

import dev.proreus.workspace.type.TypeDefinition;
import org.jspecify.annotations.Nullable;

/** What a wish comes to, judged against the state that it meets. Nothing has happened yet. */
sealed interface Verdict {
    /** Returns the object's type. */
    TypeDefinition type();

    /** Returns the object's name. */
    String name();

    /** Returns what its caller is told. */
    Written.Outcome outcome();

    /** Returns the object as it was; null where it comes to be. */
    @Nullable
    Stored previous();

    /** Returns the object as it is to be; one that goes as it was. */
    Stored shown();

    /**
     * The object is to change.
     *
     * @param mutation its step
     * @param outcome what that does
     */
    record Change(Mutation mutation, Written.Outcome outcome) implements Verdict {
        @Override
        public TypeDefinition type() {
            return mutation.type();
        }

        @Override
        public String name() {
            return mutation.name();
        }

        @Override
        public @Nullable Stored previous() {
            return mutation.previous();
        }

        @Override
        public Stored shown() {
            return mutation.shown();
        }
    }

    /** The object is already as it is wished to be. */
    record Same(TypeDefinition type, String name, Stored previous) implements Verdict {
        @Override
        public Written.Outcome outcome() {
            return Written.Outcome.UNCHANGED;
        }

        @Override
        public Stored shown() {
            return previous;
        }
    }
}
