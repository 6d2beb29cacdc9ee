package dev.proreus.workspace.watch;

/** The bookmarks that a subscription owes: the one due next, and one for all that were asked for since. */
final class BookmarkWishes {
    private static final long NONE = Long.MAX_VALUE;

    private long next = NONE;
    private long then = NONE;

    /** Asks for a bookmark at a position or above; it does not put off one asked for earlier. */
    void ask(long position) {
        if (next == NONE) {
            next = position;
        } else {
            then = then == NONE ? position : Math.max(then, position);
        }
    }

    /** Returns whether a bookmark at {@code position} is owed. */
    boolean isDue(long position) {
        return next <= position;
    }

    /** Returns whether one is owed only above {@code position}. */
    boolean isDueAbove(long position) {
        return next != NONE && next > position;
    }

    /** Says that a bookmark was given. */
    void given(long position) {
        if (next <= position) {
            next = then <= position ? NONE : then;
            then = NONE;
        }
    }
}
