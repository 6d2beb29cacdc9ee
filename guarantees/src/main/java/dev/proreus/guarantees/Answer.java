package dev.proreus.guarantees;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of an operation. */
public sealed interface Answer {
    /**
     * It was written, or would have been.
     *
     * @param revision the revision at which it was written; of an unchanged object the one at which it last changed
     * @param effects what each part did
     */
    record Wrote(long revision, List<Effect> effects) implements Answer {
        /** Takes a copy. */
        public Wrote {
            effects = List.copyOf(effects);
        }
    }

    /**
     * What one part did.
     *
     * @param what what it did
     * @param state the object as answered, which is the last state of a deleted one; null where it was not told
     */
    record Effect(What what, @Nullable State state) {}

    /** What a write does. */
    enum What {
        /** The object is new. */
        CREATED,
        /** The object changed. */
        UPDATED,
        /** Nothing differs: no revision was taken. */
        UNCHANGED,
        /** The object is gone. */
        DELETED
    }

    /**
     * An object was read.
     *
     * @param revision the revision that the read saw
     * @param state the object
     */
    record Read(long revision, State state) implements Answer {}

    /**
     * A page of objects was read.
     *
     * @param revision the revision that the page shows
     * @param states the objects
     * @param token the token by which the page was asked for; empty for the first one
     * @param nextToken the token of the next page; empty on the last one
     * @param size objects asked for; 0 where it was not said
     * @param bytes bytes of the answer
     * @param selected whether a selector left objects out
     */
    record Page(
            long revision, List<State> states, String token, String nextToken, int size, int bytes, boolean selected)
            implements Answer {
        /** Takes a copy. */
        public Page {
            states = List.copyOf(states);
        }
    }

    /**
     * A workspace was created, deleted or undeleted, and stands so now.
     *
     * @param stage how it stands
     */
    record Stands(Stage stage) implements Answer {}

    /** How a workspace stands. */
    enum Stage {
        /** It is in use. */
        ACTIVE,
        /** It is being deleted. */
        TERMINATING,
        /** It is no more. */
        GONE
    }

    /**
     * It was refused, and changed nothing.
     *
     * @param reason the reason, such as {@code ALREADY_EXISTS}
     */
    record Refused(String reason) implements Answer {}

    /** No answer came, or one that says that the outcome is unknown: it may have happened or not. */
    record Unknown() implements Answer {}
}
