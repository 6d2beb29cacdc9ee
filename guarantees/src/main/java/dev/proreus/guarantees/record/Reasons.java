package dev.proreus.guarantees.record;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import org.jspecify.annotations.Nullable;

/** The reasons that a server gives where a call brings no answer. */
public final class Reasons {
    private Reasons() {}

    /** Returns the reason in the end of a call; empty where there is none. */
    public static String of(Status status, @Nullable Metadata trailers) {
        com.google.rpc.Status told = StatusProto.fromStatusAndTrailers(status, trailers);
        if (told == null) {
            return "";
        }
        for (Any detail : told.getDetailsList()) {
            if (detail.is(ErrorInfo.class)) {
                try {
                    return detail.unpack(ErrorInfo.class).getReason();
                } catch (InvalidProtocolBufferException e) {
                    throw new IllegalArgumentException("the server's details of an error cannot be read", e);
                }
            }
        }
        return "";
    }
}
