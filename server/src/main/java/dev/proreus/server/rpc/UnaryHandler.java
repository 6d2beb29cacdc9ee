package dev.proreus.server.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.concurrent.CompletionStage;

/** What a method of one request and one answer does. */
@FunctionalInterface
public interface UnaryHandler {
    /**
     * Answers one request; called on the event loop of the call, so it must not block. The stage may complete on any
     * thread. What is thrown, and what the stage completes with exceptionally, goes through {@link StatusMapper}.
     *
     * @param request the encoded request, at most {@code Limits.REQUEST_BYTES}; nobody else changes it
     * @throws InvalidProtocolBufferException where the bytes are no such message: refused with BAD_REQUEST
     */
    CompletionStage<Encoded> answer(byte[] request) throws InvalidProtocolBufferException;
}
