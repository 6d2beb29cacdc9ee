package dev.proreus.cli.failure;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the server answered instead of doing it, taken out of the error's details.
 *
 * @param code the gRPC code
 * @param reason the machine-readable reason in the domain proreus.dev, empty where there is none
 * @param message the sentence for people
 * @param metadata every dynamic value of the message by name
 * @param violations each place of the request that breaks a rule
 * @param retryAfter when to try again, where that helps
 */
public record Refusal(
        Status.Code code,
        String reason,
        String message,
        Map<String, String> metadata,
        List<BadRequest.FieldViolation> violations,
        Optional<Duration> retryAfter) {

    /** Returns what the failed call was answered. */
    public static Refusal of(StatusRuntimeException failed) {
        Status status = failed.getStatus();
        com.google.rpc.Status details = StatusProto.fromThrowable(failed);
        List<Any> all = details == null ? List.of() : details.getDetailsList();
        ErrorInfo info = first(all, ErrorInfo.class).orElse(ErrorInfo.getDefaultInstance());
        String description = status.getDescription();
        return new Refusal(
                status.getCode(),
                info.getReason(),
                description == null ? status.getCode().name() : description,
                info.getMetadataMap(),
                first(all, BadRequest.class)
                        .map(BadRequest::getFieldViolationsList)
                        .orElse(List.of()),
                first(all, RetryInfo.class)
                        .map(retry -> Duration.ofSeconds(
                                retry.getRetryDelay().getSeconds(),
                                retry.getRetryDelay().getNanos())));
    }

    /** Returns what the user is told and the process exits with. */
    public FailedException failure() {
        FailedException failure = FailedException.because(exitCode(), what());
        for (BadRequest.FieldViolation violation : violations) {
            failure = failure.violation(violation.getField(), violation.getDescription());
        }
        String name = reason.isEmpty() || reason.equals(code.name()) ? code.name() : code + ", " + reason;
        failure = failure.detail("(" + name + ")");
        for (String line : advice()) {
            failure = failure.advise(line);
        }
        return failure;
    }

    /** Returns the message as far as the violations, which have lines of their own, do not say the same. */
    private String what() {
        if (violations.isEmpty()) {
            return message;
        }
        int repeated = message.indexOf(": " + violations.get(0).getField() + ": ");
        return repeated < 0 ? message : message.substring(0, repeated);
    }

    /** Returns the exit code that stands for this answer. */
    public ExitCode exitCode() {
        return switch (code) {
            case NOT_FOUND -> ExitCode.NOT_FOUND;
            case DEADLINE_EXCEEDED -> ExitCode.TIMEOUT;
            case ABORTED, ALREADY_EXISTS -> ExitCode.CONFLICT;
            case FAILED_PRECONDITION -> isConflict() ? ExitCode.CONFLICT : ExitCode.FAILED;
            case INVALID_ARGUMENT -> reason.equals("INVALID_OBJECT") ? ExitCode.FAILED : ExitCode.USAGE;
            default -> ExitCode.FAILED;
        };
    }

    private boolean isConflict() {
        return reason.equals("FIELD_CONFLICT") || reason.equals("UID_MISMATCH");
    }

    private List<String> advice() {
        if (retryAfter.isPresent()) {
            return List.of("again in " + retryAfter.get().toMillis() + " ms");
        }
        return switch (reason) {
            case "FIELD_CONFLICT" -> List.of("--force, to take the object over from its field manager");
            case "RESOURCE_VERSION_CONFLICT" -> List.of("again with the object as it is now (get -o yaml)");
            case "OUTCOME_UNKNOWN" -> List.of("get, to see whether it happened; to repeat an apply does no harm");
            default -> List.of();
        };
    }

    private static <T extends Message> Optional<T> first(List<Any> details, Class<T> type) {
        for (Any each : details) {
            if (each.is(type)) {
                try {
                    return Optional.of(each.unpack(type));
                } catch (InvalidProtocolBufferException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
