package dev.proreus.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RequestInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.proreus.v1.GetRequest;
import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusMapperTest {
    /** Part of the public contract, so it is written down a second time. */
    private static final Map<Reason, Code> CODES = new EnumMap<>(Map.ofEntries(
            Map.entry(Reason.BAD_REQUEST, Code.INVALID_ARGUMENT),
            Map.entry(Reason.INVALID_OBJECT, Code.INVALID_ARGUMENT),
            Map.entry(Reason.TYPE_AMBIGUOUS, Code.INVALID_ARGUMENT),
            Map.entry(Reason.OBJECT_NOT_FOUND, Code.NOT_FOUND),
            Map.entry(Reason.TYPE_NOT_FOUND, Code.NOT_FOUND),
            Map.entry(Reason.WORKSPACE_NOT_FOUND, Code.NOT_FOUND),
            Map.entry(Reason.WORKSPACE_DELETED, Code.NOT_FOUND),
            Map.entry(Reason.ALREADY_EXISTS, Code.ALREADY_EXISTS),
            Map.entry(Reason.RESOURCE_VERSION_CONFLICT, Code.ABORTED),
            Map.entry(Reason.FIELD_CONFLICT, Code.FAILED_PRECONDITION),
            Map.entry(Reason.UID_MISMATCH, Code.FAILED_PRECONDITION),
            Map.entry(Reason.WORKSPACE_NOT_EMPTY, Code.FAILED_PRECONDITION),
            Map.entry(Reason.WORKSPACE_TERMINATING, Code.FAILED_PRECONDITION),
            Map.entry(Reason.GRACE_ENDED, Code.FAILED_PRECONDITION),
            Map.entry(Reason.TYPE_IN_USE, Code.FAILED_PRECONDITION),
            Map.entry(Reason.CLAIM_HELD, Code.FAILED_PRECONDITION),
            Map.entry(Reason.NOT_DRIVER, Code.FAILED_PRECONDITION),
            Map.entry(Reason.SUPERSEDED, Code.FAILED_PRECONDITION),
            Map.entry(Reason.RESOURCE_VERSION_EXPIRED, Code.OUT_OF_RANGE),
            Map.entry(Reason.REVISION_NOT_REACHED, Code.OUT_OF_RANGE),
            Map.entry(Reason.INCARNATION_CHANGED, Code.OUT_OF_RANGE),
            Map.entry(Reason.RATE_LIMITED, Code.RESOURCE_EXHAUSTED),
            Map.entry(Reason.QUOTA_EXCEEDED, Code.RESOURCE_EXHAUSTED),
            Map.entry(Reason.REQUEST_ID_EXPIRED, Code.FAILED_PRECONDITION),
            Map.entry(Reason.CONTENTION, Code.ABORTED),
            Map.entry(Reason.NOT_BUILT_YET, Code.UNIMPLEMENTED),
            Map.entry(Reason.HEARTBEAT_MISSED, Code.UNAVAILABLE),
            Map.entry(Reason.STOPPING, Code.UNAVAILABLE),
            Map.entry(Reason.OUTCOME_UNKNOWN, Code.UNKNOWN)));

    private final StatusMapper mapper = new StatusMapper(() -> "id-1");

    @ParameterizedTest
    @EnumSource(Reason.class)
    void eachReasonHasItsCodeAndItsName(Reason reason) throws Exception {
        Status status = StatusMapper.status(
                RefusedException.because(reason, "what, why, what to do").with("name", "r-1"));

        assertThat(status.getCode())
                .isEqualTo(CODES.getOrDefault(reason, Code.OK).getNumber());
        assertThat(status.getMessage()).isEqualTo("what, why, what to do");
        ErrorInfo info = detail(status, ErrorInfo.class);
        assertThat(info.getReason()).isEqualTo(reason.name());
        assertThat(info.getDomain()).isEqualTo("proreus.dev");
        assertThat(info.getMetadataMap()).isEqualTo(Map.of("name", "r-1"));
    }

    @Test
    void allViolationsAndTheDelayAreTold() throws Exception {
        RefusedException refused = RefusedException.invalid(
                        Reason.INVALID_OBJECT,
                        "the object is invalid",
                        List.of(new FieldViolation("spec.a", "is NaN"), new FieldViolation("spec.b", "is there twice")))
                .retryAfter(Duration.ofMillis(1_500));

        Status status = mapper.status(new CompletionException(refused));

        assertThat(detail(status, BadRequest.class).getFieldViolationsList())
                .extracting(BadRequest.FieldViolation::getField, BadRequest.FieldViolation::getDescription)
                .containsExactly(tuple("spec.a", "is NaN"), tuple("spec.b", "is there twice"));
        assertThat(detail(status, RetryInfo.class).getRetryDelay())
                .isEqualTo(com.google.protobuf.Duration.newBuilder()
                        .setSeconds(1)
                        .setNanos(500_000_000)
                        .build());
    }

    @Test
    void aHostileObjectMakesNoLongAnswer() throws Exception {
        String path = "spec." + "\u6f22".repeat(10_000);
        Throwable refused = RefusedException.invalid(
                        Reason.INVALID_OBJECT,
                        "the object is invalid",
                        Collections.nCopies(Limits.VIOLATIONS, new FieldViolation(path, path)))
                .with("type", path)
                .with("workspace", path);

        Status status = mapper.status(refused);

        assertThat(status.getSerializedSize()).isLessThan(StatusMapper.STATUS_BYTES + 100);
        assertThat(detail(status, BadRequest.class).getFieldViolationsCount()).isPositive();
    }

    @Test
    void bytesThatAreNoMessageAreTheClientsFault() {
        Status status = mapper.status(refusalOf(new byte[] {10, 100, 1}));

        assertThat(status.getCode()).isEqualTo(Code.INVALID_ARGUMENT_VALUE);
        assertThat(status.getMessage()).contains("reflection");
    }

    @Test
    void aFaultIsToldByItsRequestIdAlone() throws Exception {
        Status status = mapper.status(new IllegalStateException("the password is 1234"));

        assertThat(status.getCode()).isEqualTo(Code.INTERNAL_VALUE);
        assertThat(detail(status, RequestInfo.class).getRequestId()).isEqualTo("id-1");
        assertThat(status.toString()).doesNotContain("1234").contains("id-1");
    }

    private static <M extends Message> M detail(Status status, Class<M> type) throws InvalidProtocolBufferException {
        for (Any detail : status.getDetailsList()) {
            if (detail.is(type)) {
                return detail.unpack(type);
            }
        }
        throw new AssertionError("no " + type.getSimpleName() + " in " + status);
    }

    private static Throwable refusalOf(byte[] noRequest) {
        try {
            throw new AssertionError("read " + GetRequest.parseFrom(noRequest));
        } catch (InvalidProtocolBufferException e) {
            return e;
        }
    }
}
