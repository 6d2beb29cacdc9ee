package dev.proreus.workspace.watch;

/** Where a subscription starts. */
public sealed interface WatchStart {
    /** With everything that matches, then what changes. */
    record InitialState() implements WatchStart {}

    /**
     * With what changes after a revision.
     *
     * @param revision the last revision that is not wanted; published already
     */
    record AfterRevision(long revision) implements WatchStart {}
}
