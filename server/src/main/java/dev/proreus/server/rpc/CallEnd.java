package dev.proreus.server.rpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;

/** How a call ends with an error: the status in the trailers, its details beside it. */
final class CallEnd {
    private static final Metadata.Key<com.google.rpc.Status> DETAILS = Metadata.Key.of(
            "grpc-status-details-bin", ProtoUtils.metadataMarshaller(com.google.rpc.Status.getDefaultInstance()));

    private CallEnd() {}

    /** Ends a call with what clients are told of a failure. */
    static void fail(ServerCall<?, ?> call, com.google.rpc.Status status) {
        Metadata trailers = new Metadata();
        trailers.put(DETAILS, status);
        call.close(Status.fromCodeValue(status.getCode()).withDescription(status.getMessage()), trailers);
    }
}
