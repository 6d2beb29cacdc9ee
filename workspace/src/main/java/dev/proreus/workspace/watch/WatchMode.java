package dev.proreus.workspace.watch;

/** Which changes a subscription is given. */
public enum WatchMode {
    /** Each change, in whole positions. */
    EVERY,
    /**
     * The newest state of each object: what happened to one since the bookmark before is one event, and each pass ends
     * with a bookmark, at which the client's view equals the store's. Only from a bookmark may a client resume.
     */
    LATEST
}
