package dev.proreus.server.rpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RequestInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one translation of what went wrong into what clients are told: a {@code google.rpc.Status} with ErrorInfo, and
 * where they apply BadRequest and RetryInfo. A fault, which is anything but a refusal, is logged once under a request
 * id, and the client is told that id and nothing else.
 */
public final class StatusMapper {
    /** The domain that every ErrorInfo names. */
    public static final String DOMAIN = "proreus.dev";

    /**
     * Bytes of a status: sent base64 in a trailer, beside its message, it must stay below the 8 KiB of headers that
     * stock clients accept. Names of fields come from the request, so a hostile one could make it longer.
     */
    static final int STATUS_BYTES = 4_096;

    /** Bytes of a message. */
    private static final int MESSAGE_BYTES = 800;

    /** Bytes of one value of the metadata, and of a violation's field and description each. */
    private static final int VALUE_BYTES = 400;

    private static final Logger LOG = LoggerFactory.getLogger(StatusMapper.class);

    private final Supplier<String> requestIds;

    /**
     * Makes a mapper.
     *
     * @param requestIds gives a fresh id for each fault, by which its log line is found
     */
    public StatusMapper(Supplier<String> requestIds) {
        this.requestIds = requestIds;
    }

    /** Returns what clients are told of a failure, for a call's end or for a message within a stream. */
    public Status status(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof RefusedException refused) {
            return status(refused);
        }
        if (cause instanceof InvalidProtocolBufferException malformed) {
            return status(malformed(malformed));
        }
        return fault(cause);
    }

    /** Returns what clients are told of a refusal. */
    public static Status status(RefusedException refused) {
        Status.Builder status = Status.newBuilder()
                .setCode(code(refused.reason()).value())
                .setMessage(cut(refused.text(), MESSAGE_BYTES));
        ErrorInfo.Builder info =
                ErrorInfo.newBuilder().setReason(refused.reason().name()).setDomain(DOMAIN);
        refused.metadata().forEach((key, value) -> info.putMetadata(key, cut(value, VALUE_BYTES)));
        status.addDetails(Any.pack(info.build()));
        java.time.Duration retryAfter = refused.retryAfter();
        if (retryAfter != null) {
            Duration delay = Duration.newBuilder()
                    .setSeconds(retryAfter.getSeconds())
                    .setNanos(retryAfter.getNano())
                    .build();
            status.addDetails(
                    Any.pack(RetryInfo.newBuilder().setRetryDelay(delay).build()));
        }
        addViolations(status, refused.violations());
        return status.build();
    }

    /** Returns the gRPC code of a reason. */
    static Code code(Reason reason) {
        return switch (reason) {
            case BAD_REQUEST, INVALID_OBJECT, TYPE_AMBIGUOUS -> Code.INVALID_ARGUMENT;
            case OBJECT_NOT_FOUND, TYPE_NOT_FOUND, WORKSPACE_NOT_FOUND, WORKSPACE_DELETED -> Code.NOT_FOUND;
            case ALREADY_EXISTS -> Code.ALREADY_EXISTS;
            case RESOURCE_VERSION_CONFLICT, CONTENTION -> Code.ABORTED;
            case FIELD_CONFLICT,
                    UID_MISMATCH,
                    WORKSPACE_NOT_EMPTY,
                    WORKSPACE_TERMINATING,
                    GRACE_ENDED,
                    TYPE_IN_USE,
                    REQUEST_ID_EXPIRED,
                    CLAIM_HELD,
                    NOT_DRIVER,
                    SUPERSEDED -> Code.FAILED_PRECONDITION;
            case RESOURCE_VERSION_EXPIRED, REVISION_NOT_REACHED, INCARNATION_CHANGED -> Code.OUT_OF_RANGE;
            case RATE_LIMITED, QUOTA_EXCEEDED -> Code.RESOURCE_EXHAUSTED;
            case NOT_BUILT_YET -> Code.UNIMPLEMENTED;
            case STOPPING, HEARTBEAT_MISSED -> Code.UNAVAILABLE;
            case OUTCOME_UNKNOWN -> Code.UNKNOWN;
        };
    }

    private Status fault(Throwable fault) {
        String id = requestIds.get();
        LOG.error("request {} failed", id, fault);
        return Status.newBuilder()
                .setCode(Code.INTERNAL.value())
                .setMessage("the server failed; its log has the reason under request id " + id)
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setReason("INTERNAL")
                        .setDomain(DOMAIN)
                        .putMetadata("request_id", id)
                        .build()))
                .addDetails(Any.pack(RequestInfo.newBuilder().setRequestId(id).build()))
                .build();
    }

    private static RefusedException malformed(InvalidProtocolBufferException fault) {
        return RefusedException.because(
                Reason.BAD_REQUEST,
                "the request is no such message: " + fault.getMessage()
                        + " Encode it with the descriptors that this server's reflection gives.");
    }

    /** Adds as many violations as there is room for. */
    private static void addViolations(Status.Builder status, List<FieldViolation> violations) {
        if (violations.isEmpty()) {
            return;
        }
        List<BadRequest.FieldViolation> told = new ArrayList<>();
        int left = STATUS_BYTES - status.build().getSerializedSize();
        for (FieldViolation each : violations) {
            BadRequest.FieldViolation next = BadRequest.FieldViolation.newBuilder()
                    .setField(cut(each.field(), VALUE_BYTES))
                    .setDescription(cut(each.description(), VALUE_BYTES))
                    .build();
            left -= next.getSerializedSize() + FRAME_BYTES;
            if (left < 0) {
                break;
            }
            told.add(next);
        }
        status.addDetails(
                Any.pack(BadRequest.newBuilder().addAllFieldViolations(told).build()));
    }

    /** Returns as much of a text as fits. */
    private static String cut(String text, int bytesMax) {
        int bytes = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (bytes > bytesMax) {
                return text.substring(0, at) + "...";
            }
            at += Character.charCount(point);
        }
        return text;
    }

    /** Bytes of tag and length around one violation. */
    private static final int FRAME_BYTES = 4;
}
