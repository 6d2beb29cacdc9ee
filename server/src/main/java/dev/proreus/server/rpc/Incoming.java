package dev.proreus.server.rpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;

/** Takes requests in: bounds them, and reads those whose fields of type bytes carry objects. */
public final class Incoming {
    private Incoming() {}

    /**
     * Returns a request that is small enough; every call passes its requests through this before a handler sees them.
     *
     * @throws RefusedException where it is larger than {@link Limits#REQUEST_BYTES}
     */
    static byte[] bounded(byte[] request) {
        if (request.length > Limits.REQUEST_BYTES) {
            throw RefusedException.because(
                            Reason.BAD_REQUEST,
                            "the request is " + request.length + " bytes long; at most " + Limits.REQUEST_BYTES
                                    + " are allowed: send less at once; an object has at most " + Limits.OBJECT_BYTES
                                    + " bytes, and so have all objects of one write together")
                    .with("bytes", request.length)
                    .with("most", Limits.REQUEST_BYTES);
        }
        return request;
    }

    /**
     * Parses a request without copying its bytes fields: they share the memory of {@code request}, which nobody
     * changes.
     *
     * @throws InvalidProtocolBufferException where the bytes are no such message
     */
    public static <M extends MessageLite> M parse(Parser<M> parser, byte[] request)
            throws InvalidProtocolBufferException {
        CodedInputStream in = UnsafeByteOperations.unsafeWrap(request).newCodedInput();
        in.enableAliasing(true);
        M message = parser.parseFrom(in);
        in.checkLastTagWas(0);
        return message;
    }
}
