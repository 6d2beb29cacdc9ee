package dev.proreus.server.edge;

import static dev.proreus.server.edge.LiveServer.named;
import static dev.proreus.server.edge.LiveServer.struct;
import static io.grpc.Status.Code.ABORTED;
import static io.grpc.Status.Code.ALREADY_EXISTS;
import static io.grpc.Status.Code.FAILED_PRECONDITION;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.v1.GetRequest;
import dev.proreus.v1.Mutation;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.WatchResponse;
import dev.proreus.v1.WriteOutcome;
import dev.proreus.v1.WriteRequest;
import dev.proreus.v1.WriteResponse;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** ObjectService/Write, as its comments promise. */
class BatchWriteTest {
    @RegisterExtension
    static final LiveServer LIVE = new LiveServer();

    private String workspace = "";

    @BeforeEach
    void workspace() {
        workspace = LIVE.newWorkspace();
    }

    @Test
    void allHappenAtOneRevisionAndInOneWatchMessage() {
        LIVE.applyRobot(workspace, "gone", "{}");
        Object old = LIVE.applyRobot(workspace, "old", "{\"target\": 1}").getObject();
        Iterator<WatchResponse> watch = LIVE.objects()
                .watch(WatchRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setType("robots")
                        .setAfterRevision(2)
                        .build());

        WriteResponse answer = write(
                Mutation.newBuilder().setType("rb").setCreate(named("new", "{}")),
                Mutation.newBuilder().setUpdate(old.toBuilder().setSpec(struct("{\"target\": 2}"))),
                Mutation.newBuilder().setType("robots").setApply(named("applied", "{}")),
                Mutation.newBuilder().setType("robots").setDelete("gone"));

        assertThat(answer.getRevision()).isEqualTo(3);
        assertThat(answer.getResultsList())
                .extracting(result -> result.getOutcome())
                .containsExactly(
                        WriteOutcome.WRITE_OUTCOME_CREATED,
                        WriteOutcome.WRITE_OUTCOME_UPDATED,
                        WriteOutcome.WRITE_OUTCOME_CREATED,
                        WriteOutcome.WRITE_OUTCOME_DELETED);
        assertThat(answer.getResultsList()).allMatch(result -> result.getRevision() == 3);
        assertThat(answer.getResults(1).getObject().getMetadata().getResourceVersion())
                .isEqualTo(3);
        assertThat(answer.getResults(0).getObject()).isEqualTo(get("new"));
        WatchResponse message = watch.next();
        assertThat(message.getEventsList()).hasSize(4).allMatch(event -> event.getRevision() == 3);
    }

    @Test
    void aRefusalNamesItsWriteAndNothingHappens() {
        LIVE.applyRobot(workspace, "taken", "{\"target\": 1}");

        Refusal taken = Refusal.of(() -> write(
                        Mutation.newBuilder().setType("robots").setCreate(named("r1", "{}")),
                        Mutation.newBuilder().setType("robots").setCreate(named("taken", "{}"))))
                .is(ALREADY_EXISTS, Reason.ALREADY_EXISTS);
        assertThat(taken.metadata()).containsEntry("write", "1");
        assertThat(taken.message()).startsWith("writes[1].create: ");
        Refusal stale = Refusal.of(() -> write(Mutation.newBuilder()
                        .setUpdate(get("taken").toBuilder()
                                .setMetadata(
                                        get("taken").getMetadata().toBuilder().setResourceVersion(77)))))
                .is(ABORTED, Reason.RESOURCE_VERSION_CONFLICT);
        assertThat(stale.message()).contains("77");
        Refusal alone = Refusal.of(
                        () -> write(Mutation.newBuilder().setType("robots").setDelete("nobody")))
                .is(NOT_FOUND, Reason.OBJECT_NOT_FOUND);
        assertThat(alone.metadata()).as("one of one").containsEntry("write", "0");
        assertThat(alone.message()).startsWith("writes[0].delete: ");
        Refusal invalid = Refusal.of(() -> write(
                        Mutation.newBuilder().setType("robots").setCreate(named("r1", "{}")),
                        Mutation.newBuilder().setType("robots").setApply(named("R_2", "{}"))))
                .is(INVALID_ARGUMENT, Reason.INVALID_OBJECT);
        assertThat(invalid.fields()).containsExactly("writes[1].apply.metadata.name");
        Refusal none = Refusal.of(() -> write(Mutation.newBuilder().setType("robots")))
                .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        assertThat(none.fields()).containsExactly("writes[0].change");
        Refusal.of(() -> LIVE.objects().get(getRequest("r1")));
    }

    @Test
    void violationsOfAllWritesAreToldAtOnce() {
        LIVE.applyRobot(workspace, "taken", "{}");
        Refusal several = Refusal.of(() -> write(
                        Mutation.newBuilder().setType("robots").setApply(named("R_2", "{}")),
                        Mutation.newBuilder().setType("robots").setCreate(named("r1", "{}")),
                        Mutation.newBuilder().setType("robots"),
                        Mutation.newBuilder().setType("none").setCreate(named("r2", "{}")),
                        Mutation.newBuilder()
                                .setType("robots")
                                .setCreate(named("r3", "{}").toBuilder()
                                        .setMetadata(ObjectMeta.newBuilder()
                                                .setName("r3")
                                                .addFinalizers("no name")
                                                .putLabels("a b", "c d")))))
                .is(INVALID_ARGUMENT, Reason.INVALID_OBJECT);
        assertThat(several.fields())
                .startsWith("writes[0].apply.metadata.name", "writes[2].change")
                .filteredOn(field -> field.startsWith("writes[4].create.metadata."))
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(several.fields()).noneMatch(field -> field.startsWith("writes[1]") || field.startsWith("writes[3]"));
        assertThat(several.metadata()).containsEntry("write", "0");
        assertThat(several.message()).startsWith("writes[0].apply: ").contains("writes[2].change");

        Mutation.Builder[] many = IntStream.range(0, 100)
                .mapToObj(i -> Mutation.newBuilder().setType("robots").setApply(named("R_" + i, "{}")))
                .toArray(Mutation.Builder[]::new);
        assertThat(Refusal.of(() -> write(many))
                        .is(INVALID_ARGUMENT, Reason.INVALID_OBJECT)
                        .fields())
                .hasSize(Limits.VIOLATIONS)
                .endsWith("writes[19].apply.metadata.name");
    }

    @Test
    void boundsAreRefusedBeforeAnythingIsWritten() {
        assertThat(Refusal.of(() -> write())
                        .is(INVALID_ARGUMENT, Reason.BAD_REQUEST)
                        .fields())
                .containsExactly("writes");
        Mutation.Builder[] many = IntStream.range(0, 129)
                .mapToObj(i -> Mutation.newBuilder().setType("robots").setCreate(named("r" + i, "{}")))
                .toArray(Mutation.Builder[]::new);
        assertThat(Refusal.of(() -> write(many))
                        .is(INVALID_ARGUMENT, Reason.BAD_REQUEST)
                        .fields())
                .containsExactly("writes");
        Refusal twice = Refusal.of(() -> write(
                        Mutation.newBuilder().setType("robots").setCreate(named("r1", "{}")),
                        Mutation.newBuilder().setType("robots").setDelete("r1")))
                .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        assertThat(twice.fields()).containsExactly("writes[1]");
        String large = "{\"text\": \"" + "x".repeat(600_000) + "\"}";
        Refusal bytes = Refusal.of(() -> write(
                        Mutation.newBuilder().setType("robots").setCreate(named("r1", large)),
                        Mutation.newBuilder().setType("robots").setCreate(named("r2", large))))
                .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        assertThat(bytes.fields()).containsExactly("writes");
    }

    @Test
    void forceTakesOverWhatIsApplied() {
        LIVE.applyRobot(workspace, "r1", "{\"target\": 1}");
        WriteRequest request = WriteRequest.newBuilder()
                .setWorkspace(workspace)
                .setFieldManager("other")
                .addWrites(Mutation.newBuilder().setType("robots").setApply(named("r1", "{\"target\": 2}")))
                .build();

        Refusal.of(() -> LIVE.objects().write(request)).is(FAILED_PRECONDITION, Reason.FIELD_CONFLICT);
        WriteResponse forced =
                LIVE.objects().write(request.toBuilder().setForce(true).build());
        assertThat(forced.getResults(0).getOutcome()).isEqualTo(WriteOutcome.WRITE_OUTCOME_UPDATED);
    }

    private WriteResponse write(Mutation.Builder... writes) {
        WriteRequest.Builder request = WriteRequest.newBuilder().setWorkspace(workspace);
        for (Mutation.Builder each : writes) {
            request.addWrites(each);
        }
        return LIVE.objects().write(request.build());
    }

    private Object get(String name) {
        return LIVE.objects().get(getRequest(name)).getObject();
    }

    private GetRequest getRequest(String name) {
        return GetRequest.newBuilder()
                .setWorkspace(workspace)
                .setType("robots")
                .setName(name)
                .build();
    }
}
