package dev.proreus.workspace.deletion;

/**
 * Workspaces whose ids follow one another, so that nothing of others lies between their rows.
 *
 * @param first the lowest id
 * @param last the highest
 */
record Span(long first, long last) {
    int count() {
        return (int) (last - first + 1);
    }

    /** Returns whether another one begins where this one ends. */
    boolean isFollowedBy(Span other) {
        return last + 1 == other.first;
    }

    /** Returns both as one, of which the other follows this one. */
    Span with(Span other) {
        return new Span(first, other.last);
    }
}
