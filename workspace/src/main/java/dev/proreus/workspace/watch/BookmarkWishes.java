package dev.proreus.workspace.watch;

/**
 * The bookmarks that a subscription owes: the one due next, and one for all that were asked for since. Mostly there are
 * none, which is one value for all subscriptions.
 *
 * @param next where the next one is due, or {@link #NEVER}
 * @param then where the one after it is, or {@link #NEVER}
 */
record BookmarkWishes(long next, long then) {
    private static final long NEVER = Long.MAX_VALUE;

    /** None is owed. */
    static final BookmarkWishes NONE = new BookmarkWishes(NEVER, NEVER);

    /** Returns these and one at a position or above; it does not put off one asked for earlier. */
    BookmarkWishes ask(long position) {
        if (next == NEVER) {
            return new BookmarkWishes(position, NEVER);
        }
        return new BookmarkWishes(next, then == NEVER ? position : Math.max(then, position));
    }

    /** Returns whether none is owed. */
    boolean isEmpty() {
        return next == NEVER;
    }

    /** Returns whether a bookmark at {@code position} is owed. */
    boolean isDue(long position) {
        return next <= position;
    }

    /** Returns whether one is owed only above {@code position}. */
    boolean isDueAbove(long position) {
        return next != NEVER && next > position;
    }

    /** Returns what is still owed once a bookmark was given. */
    BookmarkWishes given(long position) {
        if (next > position) {
            return this;
        }
        return then <= position || then == NEVER ? NONE : new BookmarkWishes(then, NEVER);
    }
}
