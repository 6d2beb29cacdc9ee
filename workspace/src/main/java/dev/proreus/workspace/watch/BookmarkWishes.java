package dev.proreus.workspace.watch;

/** The bookmarks that a subscription owes: the one due next, and one for all that were asked for since. */
final class BookmarkWishes {
    private static final long NONE = Long.MAX_VALUE;

    private long next = NONE;
    private long then = NONE;

    /** Asks for a bookmark at a revision or above; it does not put off one asked for earlier. */
    void ask(long revision) {
        if (next == NONE) {
            next = revision;
        } else {
            then = revision;
        }
    }

    /** Returns whether a bookmark at {@code revision} is owed. */
    boolean isDue(long revision) {
        return next <= revision;
    }

    /** Returns whether one is owed only above {@code revision}. */
    boolean isDueAbove(long revision) {
        return next != NONE && next > revision;
    }

    /** Says that a bookmark was given. */
    void given(long revision) {
        if (next <= revision) {
            next = then <= revision ? NONE : then;
            then = NONE;
        }
    }
}
