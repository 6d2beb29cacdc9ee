package dev.proreus.workspace.watch;

/** Where a subscription's events come from, revision by revision. Confined to the subscription's loop. */
interface Feed {
    /** There is no further revision now. */
    long NOTHING = -1;

    /** The next revision can no longer be given in whole. */
    long EVICTED = -2;

    /**
     * Appends the events of the next revision to a message, and stays before it until {@link #advance()}.
     *
     * @return the revision, or {@link #NOTHING} or {@link #EVICTED}, with which what was appended is void
     */
    long appendNext(Message message);

    /** Moves past the revision that was appended last. */
    void advance();
}
