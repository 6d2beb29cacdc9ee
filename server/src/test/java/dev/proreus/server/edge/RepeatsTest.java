package dev.proreus.server.edge;

import static dev.proreus.server.edge.LiveServer.named;
import static dev.proreus.server.edge.LiveServer.struct;
import static io.grpc.Status.Code.ALREADY_EXISTS;
import static io.grpc.Status.Code.FAILED_PRECONDITION;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.CreateRequest;
import dev.proreus.v1.CreateWorkspaceRequest;
import dev.proreus.v1.DeleteRequest;
import dev.proreus.v1.DeleteResponse;
import dev.proreus.v1.DeleteWorkspaceRequest;
import dev.proreus.v1.GetRequest;
import dev.proreus.v1.Mutation;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.UpdateRequest;
import dev.proreus.v1.UpdateStatusRequest;
import dev.proreus.v1.WriteOutcome;
import dev.proreus.v1.WriteRequest;
import dev.proreus.workspace.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Request ids, dry runs and finalizers, as the comments of the contract promise. */
class RepeatsTest {
    @RegisterExtension
    static final LiveServer LIVE = new LiveServer();

    private String workspace = "";

    @BeforeEach
    void workspace() {
        workspace = LIVE.newWorkspace();
    }

    @Test
    void eachVerbAnswersARepeatAsTheFirst() {
        CreateRequest create = CreateRequest.newBuilder()
                .setWorkspace(workspace)
                .setType("robots")
                .setRequestId(id(Instant.now()))
                .setObject(
                        Object.newBuilder().setMetadata(ObjectMeta.newBuilder().setGenerateName("robot-")))
                .build();
        Object made = LIVE.objects().create(create).getObject();
        assertThat(LIVE.objects().create(create).getObject()).isEqualTo(made);
        UpdateRequest update = UpdateRequest.newBuilder()
                .setWorkspace(workspace)
                .setRequestId(id(Instant.now()))
                .setObject(made.toBuilder().setSpec(struct("{\"target\": 2}")))
                .build();
        assertThat(LIVE.objects().update(update)).isEqualTo(LIVE.objects().update(update));
        UpdateStatusRequest status = UpdateStatusRequest.newBuilder()
                .setWorkspace(workspace)
                .setRequestId(id(Instant.now()))
                .setObject(made.toBuilder()
                        .setMetadata(ObjectMeta.newBuilder()
                                .setName(made.getMetadata().getName()))
                        .setStatus(struct("{\"position\": 1}")))
                .build();
        assertThat(LIVE.objects().updateStatus(status)).isEqualTo(LIVE.objects().updateStatus(status));
        WriteRequest write = WriteRequest.newBuilder()
                .setWorkspace(workspace)
                .setRequestId(id(Instant.now()))
                .addWrites(Mutation.newBuilder().setType("robots").setCreate(named("r1", "{}")))
                .addWrites(Mutation.newBuilder().setType("robots").setApply(named("r2", "{}")))
                .build();
        assertThat(LIVE.objects().write(write)).isEqualTo(LIVE.objects().write(write));
        DeleteRequest delete = DeleteRequest.newBuilder()
                .setWorkspace(workspace)
                .setType("robots")
                .setName("r1")
                .setRequestId(id(Instant.now()))
                .build();
        DeleteResponse deleted = LIVE.objects().delete(delete);
        assertThat(deleted.getOutcome()).isEqualTo(WriteOutcome.WRITE_OUTCOME_DELETED);
        assertThat(LIVE.objects().delete(delete)).isEqualTo(deleted);
    }

    @Test
    void workspacesAreMadeAndDeletedOnceForEachId() {
        CreateWorkspaceRequest create = CreateWorkspaceRequest.newBuilder()
                .setWorkspace(workspace + ":child")
                .setRequestId(id(Instant.now()))
                .build();
        assertThat(LIVE.workspaces().createWorkspace(create))
                .isEqualTo(LIVE.workspaces().createWorkspace(create));
        DeleteWorkspaceRequest delete = DeleteWorkspaceRequest.newBuilder()
                .setWorkspace(workspace + ":child")
                .setRequestId(id(Instant.now()))
                .build();
        assertThat(LIVE.workspaces().deleteWorkspace(delete))
                .isEqualTo(LIVE.workspaces().deleteWorkspace(delete));
        Refusal.of(() -> LIVE.workspaces()
                        .deleteWorkspace(delete.toBuilder().setRequestId("x").build()))
                .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "0190c5e0-7c6e-4a3b-9f0e-2b1d5c3a4e6f", "0190c5e0-7c6e-7a3b-1f0e-2b1d5c3a4e6f", "\u0000"})
    void anIdThatIsNoUuidOfVersionSevenIsRefused(String id) {
        Refusal refusal = Refusal.of(() ->
                        LIVE.objects().apply(apply("r1", "{}").setRequestId(id).build()))
                .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        assertThat(refusal.fields()).containsExactly("request_id");
        Refusal.of(() -> get("r1")).is(NOT_FOUND, Reason.OBJECT_NOT_FOUND);
    }

    @Test
    void anIdThatIsTooOldOrWasGivenToAnotherRequestIsRefused() {
        String old = id(Instant.now().minus(Duration.ofMinutes(11)));
        Refusal.of(() ->
                        LIVE.objects().apply(apply("r1", "{}").setRequestId(old).build()))
                .is(FAILED_PRECONDITION, Reason.REQUEST_ID_EXPIRED);
        String id = id(Instant.now());
        LIVE.objects().apply(apply("r1", "{\"target\": 1}").setRequestId(id).build());
        Refusal reused = Refusal.of(() -> LIVE.objects()
                        .apply(apply("r1", "{\"target\": 2}").setRequestId(id).build()))
                .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        assertThat(reused.fields()).containsExactly("request_id");
        assertThat(get("r1").getSpec()).isEqualTo(struct("{\"target\": 1}"));
    }

    @Test
    void aDryRunWritesNothing() {
        Object would = LIVE.objects()
                .apply(apply("r1", "{\"target\": 1}").setDryRun(true).build())
                .getObject();
        assertThat(would.getKind()).isEqualTo("Robot");
        assertThat(would.getMetadata().getResourceVersion()).isZero();
        Refusal.of(() -> get("r1")).is(NOT_FOUND, Reason.OBJECT_NOT_FOUND);
        LIVE.applyRobot(workspace, "r1", "{}");
        DeleteResponse delete = LIVE.objects()
                .delete(DeleteRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setType("robots")
                        .setName("r1")
                        .setDryRun(true)
                        .build());
        assertThat(delete.getOutcome()).isEqualTo(WriteOutcome.WRITE_OUTCOME_DELETED);
        Refusal.of(() -> LIVE.objects()
                        .create(CreateRequest.newBuilder()
                                .setWorkspace(workspace)
                                .setType("robots")
                                .setObject(named("r1", "{}"))
                                .setDryRun(true)
                                .build()))
                .is(ALREADY_EXISTS, Reason.ALREADY_EXISTS);
        assertThat(get("r1").getMetadata().getResourceVersion()).isEqualTo(1);
    }

    @Test
    void finalizersKeepAnObjectUntilTheLastIsRemoved() {
        Object kept = named("r1", "{}").toBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName("r1").addFinalizers("fleet.example.com/dock"))
                .build();
        LIVE.objects().apply(apply("r1", "{}").setObject(kept).build());
        DeleteRequest delete = DeleteRequest.newBuilder()
                .setWorkspace(workspace)
                .setType("robots")
                .setName("r1")
                .build();
        DeleteResponse marked = LIVE.objects().delete(delete);
        assertThat(marked.getOutcome()).isEqualTo(WriteOutcome.WRITE_OUTCOME_UPDATED);
        assertThat(marked.getObject().getMetadata().hasDeletionTimestamp()).isTrue();
        assertThat(LIVE.objects().delete(delete).getOutcome()).isEqualTo(WriteOutcome.WRITE_OUTCOME_UNCHANGED);
        Object dying = get("r1");
        Object freed = dying.toBuilder()
                .setMetadata(dying.getMetadata().toBuilder().clearFinalizers())
                .build();
        assertThat(LIVE.objects()
                        .update(UpdateRequest.newBuilder()
                                .setWorkspace(workspace)
                                .setObject(freed)
                                .build())
                        .getOutcome())
                .isEqualTo(WriteOutcome.WRITE_OUTCOME_DELETED);
        Refusal.of(() -> get("r1")).is(NOT_FOUND, Reason.OBJECT_NOT_FOUND);
    }

    @Test
    void finalizersThatAreNoNamesOrThereTwiceAreRefused() {
        Object wrong = named("r1", "{}").toBuilder()
                .setMetadata(ObjectMeta.newBuilder()
                        .setName("r1")
                        .addFinalizers("a.example/x")
                        .addFinalizers("a.example/x")
                        .addFinalizers("no name"))
                .build();
        Refusal refusal = Refusal.of(() ->
                        LIVE.objects().apply(apply("r1", "{}").setObject(wrong).build()))
                .is(INVALID_ARGUMENT, Reason.INVALID_OBJECT);
        assertThat(refusal.fields()).containsExactly("metadata.finalizers[1]", "metadata.finalizers[2]");
    }

    private ApplyRequest.Builder apply(String name, String spec) {
        return ApplyRequest.newBuilder()
                .setWorkspace(workspace)
                .setType("robots")
                .setName(name)
                .setObject(Object.newBuilder().setSpec(struct(spec)));
    }

    private Object get(String name) {
        return LIVE.objects()
                .get(GetRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setType("robots")
                        .setName(name)
                        .build())
                .getObject();
    }

    private static String id(Instant made) {
        UUID random = UUID.randomUUID();
        long high = (made.toEpochMilli() << 16) | 0x7000L | (random.getMostSignificantBits() & 0xFFF);
        return new UUID(high, random.getLeastSignificantBits()).toString();
    }
}
