package dev.proreus.server.rpc;

import com.google.protobuf.InvalidProtocolBufferException;

/** What a method with a stream on either side does: opens one listener for each call. */
@FunctionalInterface
public interface StreamHandler {
    /** Begins a call, before its first request; called on its event loop. */
    Requests open(StreamCall call);

    /**
     * Takes what the client says in one call. Every method is called on the call's event loop, one at a time, and must
     * not block. What is thrown ends the call through {@link StatusMapper}, after which {@link #cancelled} is called.
     */
    interface Requests {
        /**
         * Takes one request.
         *
         * @param request the encoded request, at most {@code Limits.REQUEST_BYTES}; nobody else changes it
         * @throws InvalidProtocolBufferException where the bytes are no such message: the call ends with BAD_REQUEST
         */
        void next(byte[] request) throws InvalidProtocolBufferException;

        /** Takes note that no request comes any more. */
        void halfClosed();

        /** Takes note that the transport can take a message again. */
        void ready();

        /** Takes note that the call is over before the server ended it: the client is gone, or a method threw. */
        void cancelled();
    }
}
