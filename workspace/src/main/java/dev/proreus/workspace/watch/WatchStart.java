package dev.proreus.workspace.watch;

/** Where a subscription starts. */
public sealed interface WatchStart {
    /** With everything that matches, then what changes. */
    record InitialState() implements WatchStart {}

    /**
     * With what changes after a position: a revision of the workspace, or of a subtree a sequence that ended a batch.
     *
     * @param position the last position that is not wanted; published already
     */
    record After(long position) implements WatchStart {}

    /** With what changes from now on; a bookmark says at once where now is. */
    record Now() implements WatchStart {}
}
