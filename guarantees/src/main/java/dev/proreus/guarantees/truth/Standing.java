package dev.proreus.guarantees.truth;

import dev.proreus.guarantees.Message;
import java.util.List;

/**
 * What is known of where in a workspace a bookmark of a subtree stands.
 *
 * @param known how much is known
 * @param revision a revision, where one is known
 * @param states the messages of the initial state, where that alone has been told
 */
record Standing(Known known, long revision, List<Message> states) {
    /** How much is known. */
    enum Known {
        /** Nothing. */
        NOTHING,
        /** Where these states, and no others, match. */
        WHERE_THESE_MATCH,
        /** Where what matches is what matches at the revision. */
        AS_AT,
        /** At the revision, or above it with nothing that matches between. */
        FROM
    }

    /** Nothing is known. */
    static final Standing UNKNOWN = new Standing(Known.NOTHING, 0, List.of());

    /** Nothing has been told yet: the initial state begins. */
    static final Standing NOTHING = new Standing(Known.WHERE_THESE_MATCH, 0, List.of());

    static Standing whereTheseMatch(List<Message> states) {
        return new Standing(Known.WHERE_THESE_MATCH, 0, List.copyOf(states));
    }

    static Standing asAt(long revision) {
        return new Standing(Known.AS_AT, revision, List.of());
    }

    static Standing from(long revision) {
        return new Standing(Known.FROM, revision, List.of());
    }
}
