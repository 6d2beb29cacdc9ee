package dev.proreus.server.agent;

import dev.proreus.server.rpc.Encoded;
import dev.proreus.server.rpc.StreamCall;

/**
 * The way out of a session. What follows from commits waits until the transport is ready; answers to single messages
 * are few and do not, but are counted, so that a client that talks and never reads is no longer listened to. Confined
 * to the session's loop.
 */
final class Sender {
    private final StreamCall call;
    private int unread;

    Sender(StreamCall call) {
        this.call = call;
    }

    /** Returns whether the transport would take a message at once. */
    boolean isReady() {
        return call.isReady();
    }

    /** Sends a message that is bounded by other means. */
    void send(Encoded message) {
        call.send(message);
    }

    /** Sends the answer to one message of the client. */
    void answer(Encoded message) {
        unread += call.isReady() ? 0 : 1;
        call.send(message);
    }

    /** Takes note that the transport has let go of everything. */
    void ready() {
        unread = 0;
    }

    /** Returns whether the client leaves more answers unread than it may. */
    boolean isCrowded() {
        return unread >= SessionBounds.UNREAD_ANSWERS;
    }
}
