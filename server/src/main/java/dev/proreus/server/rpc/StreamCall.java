package dev.proreus.server.rpc;

import java.util.concurrent.Executor;

/**
 * The server's side of one call with streams. It asks for the first request itself, for further ones its user does.
 * Every method but {@link #loop} must be called on the call's event loop; after the end of the call they do nothing.
 */
public interface StreamCall {
    /** Returns the event loop that everything of this call happens on. */
    Executor loop();

    /** Returns whether the transport has let go of everything sent, so that a message would leave at once. */
    boolean isReady();

    /** Tells the client, before a first message, that the call is accepted. Sending does so, too. */
    void accept();

    /** Sends one message, queued where the transport is not ready. */
    void send(Encoded message);

    /** Asks for more requests: each asked for is one {@link StreamHandler.Requests#next}. */
    void request(int count);

    /** Ends the call in peace, after what was sent. */
    void complete();

    /**
     * Ends the call with an error, after what was sent.
     *
     * @param why a {@link dev.proreus.workspace.RefusedException}, or a fault, which is logged
     */
    void fail(Throwable why);

    /** Returns whether the call is over. */
    boolean isOver();
}
