package dev.proreus.server.rpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;

/** How a call ends with an error: the status in the trailers, its details beside it. */
final class CallEnd {
    private static final Metadata.Key<com.google.rpc.Status> DETAILS = Metadata.Key.of(
            "grpc-status-details-bin", ProtoUtils.metadataMarshaller(com.google.rpc.Status.getDefaultInstance()));

    /**
     * Bytes of a message on the wire: with the details beside it, below the 8 KiB of headers that stock clients accept.
     */
    private static final int MESSAGE_BYTES = 1_800;

    /** Bytes of a character at most, once each of its bytes is escaped. */
    private static final int ESCAPED_BYTES = 12;

    private CallEnd() {}

    /** Ends a call with what clients are told of a failure. */
    static void fail(ServerCall<?, ?> call, com.google.rpc.Status status) {
        Metadata trailers = new Metadata();
        trailers.put(DETAILS, status);
        call.close(Status.fromCodeValue(status.getCode()).withDescription(cut(status.getMessage())), trailers);
    }

    /** Returns as much of a message as fits; what is not plain ASCII is sent as %XX for each of its bytes. */
    private static String cut(String message) {
        int bytes = 0;
        for (int at = 0; at < message.length(); ) {
            int point = message.codePointAt(at);
            bytes += point < 0x80 ? 1 : ESCAPED_BYTES;
            if (bytes > MESSAGE_BYTES) {
                return message.substring(0, at) + "...";
            }
            at += Character.charCount(point);
        }
        return message;
    }
}
