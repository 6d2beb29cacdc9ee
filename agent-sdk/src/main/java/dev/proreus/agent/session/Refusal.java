package dev.proreus.agent.session;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.proreus.agent.pace.Delays;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Why the server, or the way to it, said no.
 *
 * @param code the gRPC code, such as NOT_FOUND
 * @param reason the reason of the error domain, such as WORKSPACE_NOT_FOUND; the code where there is none
 * @param message a sentence for people
 * @param forGood whether it ends this instance: another one that lives has taken over. The same reason without an
 *     instance means that the Agent object was deleted, and that the agent shall connect again
 * @param retryAfter how long to wait before the same is asked for again; none where the server does not say
 */
public record Refusal(String code, String reason, String message, boolean forGood, Duration retryAfter) {
    /** The reason for a report that is above the server's limit: it is refused here and never sent. */
    static final String REPORT_TOO_LARGE = "REPORT_TOO_LARGE";

    private static final String SUPERSEDED = "SUPERSEDED";

    private static final Set<String> NOT_OURS =
            Set.of("NOT_DRIVER", "UID_MISMATCH", "OBJECT_NOT_FOUND", "WORKSPACE_DELETED");

    /** Reasons for which the same message may be taken a moment later: nothing is wrong with it. */
    private static final Set<String> NOT_NOW = Set.of("RATE_LIMITED", "CONTENTION", "STOPPING");

    Refusal(String code, String reason, String message) {
        this(code, reason, message, false, Duration.ZERO);
    }

    static Refusal of(com.google.rpc.Status status) {
        String code = io.grpc.Status.fromCodeValue(status.getCode()).getCode().name();
        ErrorInfo info = detail(status, ErrorInfo.class).orElse(ErrorInfo.getDefaultInstance());
        RetryInfo retry = detail(status, RetryInfo.class).orElse(RetryInfo.getDefaultInstance());
        boolean forGood = info.getReason().equals(SUPERSEDED) && info.containsMetadata("instance");
        return new Refusal(
                code,
                info.getReason().isEmpty() ? code : info.getReason(),
                status.getMessage(),
                forGood,
                Delays.bounded(Duration.ofSeconds(
                        retry.getRetryDelay().getSeconds(),
                        retry.getRetryDelay().getNanos())));
    }

    /** Returns the first detail of a kind; empty where there is none that can be read. */
    private static <M extends Message> Optional<M> detail(com.google.rpc.Status status, Class<M> kind) {
        try {
            for (Any detail : status.getDetailsList()) {
                if (detail.is(kind)) {
                    return Optional.of(detail.unpack(kind));
                }
            }
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    static Refusal of(Throwable thrown) {
        com.google.rpc.Status rich = StatusProto.fromThrowable(thrown);
        if (rich != null && rich.getDetailsCount() > 0) {
            return of(rich);
        }
        Status status = statusOf(thrown);
        String description = status.getDescription() == null ? "" : status.getDescription();
        String cause = rootMessage(thrown);
        String message = cause.isEmpty() || description.contains(cause) ? description : description + ": " + cause;
        return new Refusal(status.getCode().name(), status.getCode().name(), message);
    }

    /** Returns whether a report was refused because the session is no longer the agent's newest. */
    boolean endsSession() {
        return reason.equals(SUPERSEDED);
    }

    /** Returns whether nothing is wrong with what was refused, and it may be taken a moment later. */
    boolean saysNotNow() {
        return NOT_NOW.contains(reason);
    }

    /** Returns whether a report was refused because its object is no longer this agent's: an event says so too. */
    public boolean saysNotOurs() {
        return NOT_OURS.contains(reason);
    }

    /** Returns whether the same message would be refused again, whenever it is sent. */
    public boolean saysNeverAgain() {
        return code.equals("INVALID_ARGUMENT") || reason.equals(REPORT_TOO_LARGE);
    }

    /** Returns what people read. */
    @Override
    public String toString() {
        return message.isEmpty() ? reason : reason + ": " + message;
    }

    private static Status statusOf(Throwable thrown) {
        if (thrown instanceof StatusRuntimeException e) {
            return e.getStatus();
        }
        return thrown instanceof StatusException e ? e.getStatus() : Status.fromThrowable(thrown);
    }

    /** Only what an I/O error says: "Connection refused" is in the cause, "io exception" in the status. */
    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root == thrown || root.getMessage() == null ? "" : root.getMessage();
    }
}
