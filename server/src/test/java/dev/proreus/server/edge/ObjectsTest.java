package dev.proreus.server.edge;

import static dev.proreus.server.edge.LiveServer.named;
import static dev.proreus.server.edge.LiveServer.struct;
import static dev.proreus.v1.WriteOutcome.WRITE_OUTCOME_CREATED;
import static dev.proreus.v1.WriteOutcome.WRITE_OUTCOME_DELETED;
import static dev.proreus.v1.WriteOutcome.WRITE_OUTCOME_UNCHANGED;
import static dev.proreus.v1.WriteOutcome.WRITE_OUTCOME_UPDATED;
import static io.grpc.Status.Code.ABORTED;
import static io.grpc.Status.Code.ALREADY_EXISTS;
import static io.grpc.Status.Code.FAILED_PRECONDITION;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.ApplyResponse;
import dev.proreus.v1.CreateRequest;
import dev.proreus.v1.CreateResponse;
import dev.proreus.v1.DeleteRequest;
import dev.proreus.v1.DeleteResponse;
import dev.proreus.v1.GetRequest;
import dev.proreus.v1.GetResponse;
import dev.proreus.v1.Health;
import dev.proreus.v1.ListItem;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.ListResponse;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.UpdateRequest;
import dev.proreus.v1.UpdateResponse;
import dev.proreus.v1.UpdateStatusRequest;
import dev.proreus.workspace.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each method of ObjectService but Watch, as its comments promise. */
class ObjectsTest {
    @RegisterExtension
    static final LiveServer LIVE = new LiveServer();

    private String workspace = "";

    @BeforeEach
    void workspace() {
        workspace = LIVE.newWorkspace();
    }

    @Test
    void aCreatedObjectIsReadBackWithWhatTheServerSet() {
        Object wanted = Object.newBuilder()
                .setMetadata(ObjectMeta.newBuilder()
                        .setName("r1")
                        .putLabels("tier", "gold")
                        .putAnnotations("a.example/note", "Grüße"))
                .setSpec(struct("{\"target\": 7}"))
                .setStatus(struct("{\"ignored\": true}"))
                .build();

        CreateResponse created =
                LIVE.objects().create(create().setObject(wanted).build());

        ObjectMeta metadata = created.getObject().getMetadata();
        assertThat(created.getOutcome()).isEqualTo(WRITE_OUTCOME_CREATED);
        assertThat(created.getRevision()).isEqualTo(1);
        assertThat(created.getObject().getApiVersion()).isEqualTo("fleet.example.com/v1");
        assertThat(created.getObject().getKind()).isEqualTo("Robot");
        assertThat(created.getObject().getSpec()).isEqualTo(wanted.getSpec());
        assertThat(created.getObject().hasStatus()).isFalse();
        assertThat(metadata.getLabelsMap()).isEqualTo(wanted.getMetadata().getLabelsMap());
        assertThat(metadata.getAnnotationsMap()).isEqualTo(wanted.getMetadata().getAnnotationsMap());
        assertThat(UUID.fromString(metadata.getUid()).version()).isEqualTo(4);
        assertThat(metadata.getResourceVersion()).isEqualTo(1);
        assertThat(metadata.getGeneration()).isEqualTo(1);
        assertThat(metadata.hasCreationTimestamp()).isTrue();
        GetResponse read = get("r1");
        assertThat(read.getObject()).isEqualTo(created.getObject());
        assertThat(read.getRevision()).isEqualTo(1);
        assertThat(UUID.fromString(read.getIncarnation()).version()).isEqualTo(4);
        assertThat(read.getDerived().getHealth()).isEqualTo(Health.HEALTH_UNKNOWN);
        assertThat(read.getDerived().hasDriver()).isFalse();
    }

    @Test
    void createIsRefusedWhereTheNameIsTaken() {
        LIVE.applyRobot(workspace, "r1", "{}");

        Refusal.of(() -> LIVE.objects()
                        .create(create().setObject(named("r1", "{}")).build()))
                .is(ALREADY_EXISTS, Reason.ALREADY_EXISTS);
    }

    @Test
    void createCompletesANameThatIsLeftToTheServer() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Object nameless = Object.newBuilder()
                    .setMetadata(ObjectMeta.newBuilder().setGenerateName("robot-"))
                    .build();
            ObjectMeta made = LIVE.objects()
                    .create(create().setObject(nameless).build())
                    .getObject()
                    .getMetadata();
            assertThat(made.getGenerateName()).isEmpty();
            names.add(made.getName());
        }

        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("robot-[b-df-hj-np-tv-xz2456789]{5}"));
    }

    @Test
    void updateReplacesWhatWasRead() {
        LIVE.applyRobot(workspace, "r1", "{\"target\": 1}");
        Object read = get("r1").getObject();

        UpdateResponse updated = LIVE.objects()
                .update(update().setObject(read.toBuilder().setSpec(struct("{\"target\": 2}")))
                        .build());

        assertThat(updated.getOutcome()).isEqualTo(WRITE_OUTCOME_UPDATED);
        assertThat(updated.getObject().getMetadata().getGeneration()).isEqualTo(2);
        assertThat(updated.getObject().getMetadata().getResourceVersion()).isEqualTo(updated.getRevision());
        assertThat(updated.getObject().getMetadata().getUid())
                .isEqualTo(read.getMetadata().getUid());
        assertThat(get("r1").getObject()).isEqualTo(updated.getObject());
    }

    @Test
    void anUpdateThatChangesNothingTakesNoRevision() {
        LIVE.applyRobot(workspace, "r1", "{\"target\": 1}");
        GetResponse read = get("r1");

        UpdateResponse updated =
                LIVE.objects().update(update().setObject(read.getObject()).build());

        assertThat(updated.getOutcome()).isEqualTo(WRITE_OUTCOME_UNCHANGED);
        assertThat(updated.getRevision()).isEqualTo(read.getRevision());
        assertThat(get("r1")).isEqualTo(read);
    }

    @Test
    void updateOfAnOldStateIsRefused() {
        LIVE.applyRobot(workspace, "r1", "{\"target\": 1}");
        Object old = get("r1").getObject();
        LIVE.applyRobot(workspace, "r1", "{\"target\": 2}");

        Refusal.of(() -> LIVE.objects().update(update().setObject(old).build()))
                .is(ABORTED, Reason.RESOURCE_VERSION_CONFLICT);
        Refusal missing = Refusal.of(() ->
                LIVE.objects().update(update().setObject(named("r1", "{}")).build()));
        assertThat(missing.is(INVALID_ARGUMENT, Reason.BAD_REQUEST).fields())
                .containsExactly("metadata.resourceVersion");
    }

    @Test
    void updateStatusLeavesTheSpecAndMergesConditions() {
        LIVE.applyRobot(workspace, "r1", "{\"target\": 1}");

        Object first =
                updateStatus("{\"position\": 1, \"conditions\": [{\"type\": \"Ready\", \"status\": \"False\"}]}");
        Object second = updateStatus("{\"speed\": 2, \"conditions\": [{\"type\": \"Charged\", \"status\": \"True\"}]}");

        assertThat(second.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(second.getSpec()).isEqualTo(struct("{\"target\": 1}"));
        assertThat(second.getStatus().getFieldsMap()).containsOnlyKeys("speed", "conditions");
        assertThat(second.getStatus()
                        .getFieldsOrThrow("conditions")
                        .getListValue()
                        .getValuesList())
                .extracting(
                        each -> each.getStructValue().getFieldsOrThrow("type").getStringValue())
                .containsExactlyInAnyOrder("Ready", "Charged");
        assertThat(first.getMetadata().getResourceVersion())
                .isLessThan(second.getMetadata().getResourceVersion());
        Refusal servers =
                Refusal.of(() -> updateStatus("{\"conditions\": [{\"type\": \"Accepted\", \"status\": \"True\"}]}"));
        servers.is(INVALID_ARGUMENT, Reason.INVALID_OBJECT);
    }

    @Test
    void applyCreatesThenReplacesThenLeavesAlone() {
        ApplyResponse created = LIVE.applyRobot(workspace, "r1", "{\"target\": 1}");
        ApplyResponse updated = LIVE.applyRobot(workspace, "r1", "{\"target\": 2}");
        ApplyResponse unchanged = LIVE.applyRobot(workspace, "r1", "{\"target\": 2}");

        assertThat(List.of(created.getOutcome(), updated.getOutcome(), unchanged.getOutcome()))
                .containsExactly(WRITE_OUTCOME_CREATED, WRITE_OUTCOME_UPDATED, WRITE_OUTCOME_UNCHANGED);
        assertThat(unchanged.getObject()).isEqualTo(updated.getObject());
    }

    @Test
    void applyYieldsToAnotherManagerUnlessForced() {
        ApplyRequest.Builder request = ApplyRequest.newBuilder()
                .setWorkspace(workspace)
                .setType("robots")
                .setObject(named("r1", "{\"target\": 1}"))
                .setFieldManager("ada");
        ApplyResponse adas = LIVE.objects().apply(request.build());
        request.setObject(named("r1", "{\"target\": 2}")).setFieldManager("bob");

        Refusal.of(() -> LIVE.objects().apply(request.build())).is(FAILED_PRECONDITION, Reason.FIELD_CONFLICT);
        ApplyResponse forced = LIVE.objects().apply(request.setForce(true).build());

        assertThat(forced.getOutcome()).isEqualTo(WRITE_OUTCOME_UPDATED);
        assertThat(forced.getObject().getMetadata().getUid())
                .isEqualTo(adas.getObject().getMetadata().getUid());
    }

    @Test
    void deleteHonoursItsPreconditions() {
        Object robot = LIVE.applyRobot(workspace, "r1", "{\"target\": 1}").getObject();
        DeleteRequest.Builder request = DeleteRequest.newBuilder()
                .setWorkspace(workspace)
                .setType("robots")
                .setName("r1");

        Refusal.of(() -> LIVE.objects()
                        .delete(request.setUid(new UUID(1, 2).toString()).build()))
                .is(FAILED_PRECONDITION, Reason.UID_MISMATCH);
        Refusal.of(() -> LIVE.objects()
                        .delete(request.setUid("").setResourceVersion(99).build()))
                .is(ABORTED, Reason.RESOURCE_VERSION_CONFLICT);
        DeleteResponse deleted = LIVE.objects()
                .delete(request.setUid(robot.getMetadata().getUid())
                        .setResourceVersion(robot.getMetadata().getResourceVersion())
                        .build());

        assertThat(deleted.getOutcome()).isEqualTo(WRITE_OUTCOME_DELETED);
        assertThat(deleted.getObject()).isEqualTo(robot);
        assertThat(deleted.getRevision()).isEqualTo(2);
        Refusal.of(() -> get("r1")).is(NOT_FOUND, Reason.OBJECT_NOT_FOUND);
        Refusal.of(() -> LIVE.objects().delete(request.build())).is(NOT_FOUND, Reason.OBJECT_NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"robots.fleet.example.com", "robots", "robot", "Robot", "rb"})
    void anyNameOfTheTypeWill(String type) {
        LIVE.objects()
                .create(create().setType(type).setObject(named("r1", "{}")).build());

        assertThat(LIVE.objects()
                        .get(GetRequest.newBuilder()
                                .setWorkspace(workspace)
                                .setType(type)
                                .setName("r1")
                                .build())
                        .getObject()
                        .getKind())
                .isEqualTo("Robot");
    }

    @Test
    void theObjectMayNameItsTypeItself() {
        Object robot = named("r1", "{}").toBuilder()
                .setApiVersion("fleet.example.com/v1")
                .setKind("Robot")
                .build();

        LIVE.objects().create(create().setType("").setObject(robot).build());

        assertThat(get("r1").getObject().getKind()).isEqualTo("Robot");
    }

    @Test
    void whatRequestAndObjectSayMustAgree() {
        Object robot = named("r1", "{}");
        Object.Builder other = robot.toBuilder().setKind("Truck").setApiVersion("fleet.example.com/v9");

        assertThat(Refusal.of(() ->
                                LIVE.objects().create(create().setObject(other).build()))
                        .is(INVALID_ARGUMENT, Reason.INVALID_OBJECT)
                        .fields())
                .containsExactly("kind", "apiVersion");
        assertThat(Refusal.of(() -> LIVE.objects()
                                .create(create().setObject(robot).setName("r2").build()))
                        .is(INVALID_ARGUMENT, Reason.INVALID_OBJECT)
                        .fields())
                .containsExactly("metadata.name");
        Refusal.of(() -> LIVE.objects()
                        .create(create().setType("").setObject(robot).build()))
                .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        Refusal.of(() -> LIVE.objects()
                        .create(create().setObject(Object.newBuilder()).build()))
                .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
    }

    @Test
    void allPagesOfAListShowOneRevision() {
        for (int i = 0; i < 7; i++) {
            LIVE.applyRobot(workspace, "r" + i, "{\"target\": " + i + "}");
        }
        ListRequest.Builder request = ListRequest.newBuilder()
                .setWorkspace(workspace)
                .setType("robots")
                .setPageSize(3);
        List<String> names = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        ListResponse page;
        do {
            page = LIVE.objects().list(request.build());
            sizes.add(page.getItemsCount());
            page.getItemsList().stream()
                    .map(ListItem::getObject)
                    .forEach(object -> names.add(object.getMetadata().getName() + "="
                            + object.getSpec().getFieldsOrThrow("target").getNumberValue()));
            assertThat(page.getRevision()).isEqualTo(7);
            LIVE.applyRobot(workspace, "r5", "{\"target\": " + (50 + names.size()) + "}");
            LIVE.applyRobot(workspace, "r3a", "{\"target\": " + (50 + names.size()) + "}");
            request.setPageToken(page.getNextPageToken());
        } while (!page.getNextPageToken().isEmpty());

        assertThat(sizes).containsExactly(3, 3, 1);
        assertThat(names).containsExactly("r0=0.0", "r1=1.0", "r2=2.0", "r3=3.0", "r4=4.0", "r5=5.0", "r6=6.0");
    }

    private CreateRequest.Builder create() {
        return CreateRequest.newBuilder().setWorkspace(workspace).setType("robots");
    }

    private UpdateRequest.Builder update() {
        return UpdateRequest.newBuilder().setWorkspace(workspace).setType("robots");
    }

    private Object updateStatus(String status) {
        Object object = Object.newBuilder().setStatus(struct(status)).build();
        return LIVE.objects()
                .updateStatus(UpdateStatusRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setType("robots")
                        .setName("r1")
                        .setObject(object)
                        .build())
                .getObject();
    }

    private GetResponse get(String name) {
        return LIVE.objects()
                .get(GetRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setType("robots")
                        .setName(name)
                        .build());
    }
}
