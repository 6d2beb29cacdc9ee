package dev.proreus.server.edge;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.proreus.workspace.Reason;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a client is told when it is refused. */
record Refusal(Code code, String reason, String message, Map<String, String> metadata, List<String> fields) {

    /** Returns how a call is refused. */
    static Refusal of(Runnable call) {
        try {
            call.run();
        } catch (StatusRuntimeException e) {
            return of(e);
        }
        throw new AssertionError("the call was not refused");
    }

    static Refusal of(StatusRuntimeException refused) {
        Status status = StatusProto.fromThrowable(refused);
        if (status == null) {
            return new Refusal(
                    refused.getStatus().getCode(), "", String.valueOf(refused.getMessage()), Map.of(), List.of());
        }
        String reason = "";
        Map<String, String> metadata = Map.of();
        List<String> fields = new ArrayList<>();
        try {
            for (Any detail : status.getDetailsList()) {
                if (detail.is(ErrorInfo.class)) {
                    reason = detail.unpack(ErrorInfo.class).getReason();
                    metadata = detail.unpack(ErrorInfo.class).getMetadataMap();
                } else if (detail.is(BadRequest.class)) {
                    detail.unpack(BadRequest.class)
                            .getFieldViolationsList()
                            .forEach(violation -> fields.add(violation.getField()));
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
        return new Refusal(refused.getStatus().getCode(), reason, status.getMessage(), metadata, fields);
    }

    /** Checks code and reason; returns this for more. */
    Refusal is(Code expectedCode, Reason expectedReason) {
        if (code != expectedCode || !reason.equals(expectedReason.name())) {
            throw new AssertionError("expected " + expectedCode + " " + expectedReason + ", but was " + this);
        }
        return this;
    }
}
