package dev.proreus.server.rpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;

/** Reads requests whose fields of type bytes carry objects. */
public final class Incoming {
    private Incoming() {}

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
