package dev.proreus.workspace.watch;

import dev.proreus.workspace.RefusedException;

/**
 * The transport's end of a subscription. Every method is called on the subscription's loop, one at a time, and must not
 * block. Positions are revisions of the workspace; over a subtree they are sequences of the store, which clients see
 * sealed only.
 */
public interface WatchSink {
    /** Returns whether the transport can take a message now; where not, it calls {@link Subscription#ready()} later. */
    boolean isReady();

    /**
     * Takes events as one message: whole positions, in order, or a part of a pass; perhaps with a bookmark. Their bytes
     * may be used again once it returns, so whoever wants them later copies them.
     */
    void events(WatchMessage message);

    /** Opens a snapshot that shows a position; called only where the subscription is framed. */
    void snapshotBegin(long position);

    /** States that everything up to a position was given; {@code initialDone} closes a snapshot. */
    void bookmark(long position, boolean initialDone);

    /**
     * States that nothing comes any more; the last call. Not called after {@link Subscription#cancel()}.
     *
     * @param why a {@link RefusedException} where the client can act on it; anything else is a fault of ours, which
     *     reaches the client as INTERNAL and has been logged by nobody yet
     */
    void ended(RuntimeException why);
}
