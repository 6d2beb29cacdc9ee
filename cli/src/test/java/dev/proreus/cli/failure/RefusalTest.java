package dev.proreus.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import dev.proreus.cli.testing.ScriptedServer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {

    @ParameterizedTest
    @CsvSource({
        "NOT_FOUND,OBJECT_NOT_FOUND,NOT_FOUND",
        "NOT_FOUND,WORKSPACE_NOT_FOUND,NOT_FOUND",
        "DEADLINE_EXCEEDED,'',TIMEOUT",
        "ABORTED,RESOURCE_VERSION_CONFLICT,CONFLICT",
        "ALREADY_EXISTS,ALREADY_EXISTS,CONFLICT",
        "FAILED_PRECONDITION,FIELD_CONFLICT,CONFLICT",
        "FAILED_PRECONDITION,UID_MISMATCH,CONFLICT",
        "FAILED_PRECONDITION,WORKSPACE_NOT_EMPTY,FAILED",
        "INVALID_ARGUMENT,BAD_REQUEST,USAGE",
        "INVALID_ARGUMENT,TYPE_AMBIGUOUS,USAGE",
        "INVALID_ARGUMENT,INVALID_OBJECT,FAILED",
        "UNIMPLEMENTED,NOT_BUILT_YET,FAILED",
        "UNKNOWN,OUTCOME_UNKNOWN,FAILED",
        "UNAVAILABLE,STOPPING,FAILED"
    })
    void exitCodesFollowTheAnswer(Status.Code code, String reason, ExitCode exitCode) {
        StatusRuntimeException failed = ScriptedServer.refusal(code, reason, "no");

        assertThat(Refusal.of(failed).exitCode()).isEqualTo(exitCode);
    }

    @Test
    void theBlockSaysWhatWhyAndWhatToDo() {
        StatusRuntimeException failed = ScriptedServer.refusal(
                Status.Code.FAILED_PRECONDITION,
                ErrorInfo.newBuilder().setReason("FIELD_CONFLICT").build(),
                "robot-1 was applied by dev",
                "spec.target",
                "is owned by dev",
                "spec.agent",
                "is owned by dev");

        assertThat(Refusal.of(failed).failure().lines())
                .containsExactly(
                        "robot-1 was applied by dev",
                        "  spec.target: is owned by dev",
                        "  spec.agent: is owned by dev",
                        "  (FAILED_PRECONDITION, FIELD_CONFLICT)",
                        "  try: --force, to take the object over from its field manager");
    }

    @Test
    void aViolationIsToldOnce() {
        StatusRuntimeException failed = ScriptedServer.refusal(
                Status.Code.INVALID_ARGUMENT,
                ErrorInfo.newBuilder().setReason("BAD_REQUEST").build(),
                "the request cannot be understood: label_selector: ends within brackets, at character 15 (and 1 more)",
                "label_selector",
                "ends within brackets, at character 15",
                "page_size",
                "is -1; it must not be negative");

        assertThat(Refusal.of(failed).failure().lines())
                .containsExactly(
                        "the request cannot be understood",
                        "  label_selector: ends within brackets, at character 15",
                        "  page_size: is -1; it must not be negative",
                        "  (INVALID_ARGUMENT, BAD_REQUEST)");
    }

    @Test
    void anAnswerWithoutDetailsIsToldAsItIs() {
        Refusal refusal = Refusal.of(Status.INTERNAL.withDescription("oops").asRuntimeException());

        assertThat(refusal.failure().lines()).containsExactly("oops", "  (INTERNAL)");
    }

    @Test
    void theNearestWordIsFound() {
        assertThat(Nearest.to("robto", Stream.of("robot", "robots", "sites"))).contains("robot");
        assertThat(Nearest.to("gte", Stream.of("get", "delete"))).contains("get");
        assertThat(Nearest.to("xyz", Stream.of("get", "delete"))).isEmpty();
        assertThat(Nearest.to("x".repeat(1000), Stream.of("x".repeat(999)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"abc,abc,0", "abc,abd,1", "abc,acb,1", "abc,ab,1", "'',ab,2", "kitten,sitting,3"})
    void editsAreCounted(String from, String to, int edits) {
        assertThat(Nearest.edits(from, to)).isEqualTo(edits);
        assertThat(Nearest.edits(to, from)).isEqualTo(edits);
    }
}
