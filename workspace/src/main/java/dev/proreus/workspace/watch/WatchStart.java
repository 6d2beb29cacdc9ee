package dev.proreus.workspace.watch;

import org.jspecify.annotations.Nullable;

/** Where a subscription starts. */
public sealed interface WatchStart {
    /** With everything that matches, then what changes. */
    record InitialState() implements WatchStart {}

    /**
     * With what changes after a position: a revision of the workspace, or of a subtree a sequence that ended a batch.
     *
     * @param position the last position that is not wanted; published already
     * @param filter which objects were wanted at that position, where claims may have moved since; null where the
     *     subscription's filter never moves
     */
    record After(long position, @Nullable WatchFilter filter) implements WatchStart {
        /** With what changes after a position, of the same objects as at that position. */
        public After(long position) {
            this(position, null);
        }
    }

    /** With what changes from now on; a bookmark says at once where now is. */
    record Now() implements WatchStart {}
}
