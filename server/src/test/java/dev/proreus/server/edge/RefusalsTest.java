package dev.proreus.server.edge;

import static dev.proreus.server.edge.LiveServer.named;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static io.grpc.Status.Code.UNIMPLEMENTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.CreateRequest;
import dev.proreus.v1.CreateWorkspaceRequest;
import dev.proreus.v1.DeleteManyRequest;
import dev.proreus.v1.DeleteRequest;
import dev.proreus.v1.DeleteWorkspaceRequest;
import dev.proreus.v1.ExplainTypeRequest;
import dev.proreus.v1.GetRequest;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.OwnerReference;
import dev.proreus.v1.PatchRequest;
import dev.proreus.v1.UpdateRequest;
import dev.proreus.v1.View;
import dev.proreus.v1.WaitRequest;
import dev.proreus.v1.WatchRequest;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests are refused for, and that what is not built says so. */
class RefusalsTest {
    @RegisterExtension
    static final LiveServer LIVE = new LiveServer();

    @ParameterizedTest
    @ValueSource(
            strings = {"", "acme", "root:", ":root", "root:Acme", "root:a:b:", "root/acme", "root:a b", "root:\u00e9"})
    void aPathThatIsNoneIsRefused(String path) {
        List<Runnable> calls = List.of(
                () -> LIVE.objects().get(get().setWorkspace(path).build()),
                () -> LIVE.objects().list(list().setWorkspace(path).build()),
                () -> LIVE.objects().apply(apply().setWorkspace(path).build()),
                () -> LIVE.objects().delete(delete().setWorkspace(path).build()),
                () -> LIVE.objects().watch(watch().setWorkspace(path).build()).next(),
                () -> LIVE.workspaces()
                        .createWorkspace(CreateWorkspaceRequest.newBuilder()
                                .setWorkspace(path)
                                .build()));
        for (Runnable call : calls) {
            Refusal.of(call).is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        }
    }

    @Test
    void aPathOfSeventeenPartsIsRefused() {
        String path = "root" + ":a".repeat(Limits.TREE_DEPTH);

        Refusal.of(() -> LIVE.newWorkspace(path)).is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        Refusal workspace = Refusal.of(
                () -> LIVE.objects().get(get().setWorkspace("root:nowhere").build()));
        Refusal type =
                Refusal.of(() -> LIVE.objects().get(get().setType("ships").build()));
        Refusal object =
                Refusal.of(() -> LIVE.objects().get(get().setName("nobody").build()));

        assertThat(workspace.is(NOT_FOUND, Reason.WORKSPACE_NOT_FOUND).metadata())
                .containsEntry("workspace", "root:nowhere");
        assertThat(type.is(NOT_FOUND, Reason.TYPE_NOT_FOUND).metadata()).containsEntry("type", "ships");
        assertThat(object.is(NOT_FOUND, Reason.OBJECT_NOT_FOUND).metadata()).containsEntry("name", "nobody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "R1", "r 1", "-r", "r..1", "r1.", "r/1", "\u00e9"})
    void aNameThatIsNoneIsRefused(String name) {
        Refusal read = Refusal.of(() -> LIVE.objects().get(get().setName(name).build()));
        Refusal delete =
                Refusal.of(() -> LIVE.objects().delete(delete().setName(name).build()));
        Refusal apply =
                Refusal.of(() -> LIVE.objects().apply(apply().setName(name).build()));

        assertThat(read.is(INVALID_ARGUMENT, Reason.BAD_REQUEST).fields()).containsExactly("name");
        assertThat(delete.is(INVALID_ARGUMENT, Reason.BAD_REQUEST).fields()).containsExactly("name");
        assertThat(apply.is(INVALID_ARGUMENT, Reason.BAD_REQUEST).fields()).containsExactly("name");
    }

    @Test
    void aNameOfTooManyCharactersIsRefused() {
        String name = "r".repeat(Limits.NAME_CHARS);
        LIVE.objects()
                .apply(apply().setName(name)
                        .setObject(Object.getDefaultInstance())
                        .build());

        Refusal.of(() -> LIVE.objects().apply(apply().setName(name + "r").build()))
                .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        Refusal.of(() -> LIVE.objects()
                        .apply(apply().setName("")
                                .setObject(named(name + "r", "{}"))
                                .build()))
                .is(INVALID_ARGUMENT, Reason.INVALID_OBJECT);
    }

    @Test
    void endlessTextIsNotSentBack() {
        String endless = "x".repeat(1 << 20);

        for (Refusal refusal : List.of(
                Refusal.of(() -> LIVE.objects().get(get().setWorkspace(endless).build())),
                Refusal.of(() -> LIVE.objects().get(get().setType(endless).build())),
                Refusal.of(() -> LIVE.objects().get(get().setName(endless).build())),
                Refusal.of(
                        () -> LIVE.objects().list(list().setPageToken(endless).build())),
                Refusal.of(() -> LIVE.objects().delete(delete().setUid(endless).build())),
                Refusal.of(() ->
                        LIVE.objects().apply(apply().setFieldManager(endless).build())))) {
            assertThat(refusal.reason()).isNotEmpty();
            assertThat(refusal.message().length()).isLessThan(1_000);
        }
    }

    @Test
    void fieldsOutOfRangeAreRefused() {
        Refusal.of(() -> LIVE.objects().list(list().setPageSize(-1).build())).is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        Refusal.of(() -> LIVE.objects().list(list().setPageToken("nonsense").build()))
                .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        Refusal.of(() -> LIVE.objects().delete(delete().setUid("nonsense").build()))
                .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        Refusal.of(() -> LIVE.objects().delete(delete().setResourceVersion(-1).build()))
                .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        Refusal.of(() -> LIVE.objects()
                        .apply(apply().setFieldManager("m".repeat(Limits.TOKEN_CHARS + 1))
                                .build()))
                .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        Refusal.of(() -> LIVE.objects().apply(apply().clearObject().build())).is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
    }

    @Test
    void aPageTokenOfAnotherListIsRefused() {
        String here = LIVE.newWorkspace();
        String there = LIVE.newWorkspace();
        for (String workspace : List.of(here, there)) {
            LIVE.applyRobot(workspace, "r1", "{}");
            LIVE.applyRobot(workspace, "r2", "{}");
        }
        String token = LIVE.objects()
                .list(list().setWorkspace(here).setPageSize(1).build())
                .getNextPageToken();

        Refusal.of(() -> LIVE.objects()
                        .list(list().setWorkspace(there).setPageToken(token).build()))
                .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"workspaces", "agents"})
    void whatTheServerAloneWritesIsRefused(String type) {
        Refusal.of(() -> LIVE.objects().apply(apply().setType(type).build())).is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        Refusal.of(() -> LIVE.objects()
                        .create(CreateRequest.newBuilder()
                                .setWorkspace("root")
                                .setType(type)
                                .setObject(named("r1", "{}"))
                                .build()))
                .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
    }

    @Test
    void aWorkspaceIsNotDeletedAsAnObject() {
        LIVE.newWorkspace("root:kept");

        Refusal.of(() -> LIVE.objects()
                        .delete(delete().setType("workspaces").setName("kept").build()))
                .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        assertThat(LIVE.objects()
                        .get(get().setType("workspaces").setName("kept").build())
                        .getObject()
                        .getKind())
                .isEqualTo("Workspace");
    }

    @Test
    void whatIsNotBuiltSaysSo() {
        OwnerReference owner = OwnerReference.newBuilder()
                .setType("robots.fleet.example.com")
                .setName("r0")
                .setUid("0190c5e0-7c6e-4a3b-9f0e-2b1d5c3a4e6f")
                .build();
        Object owned = named("r1", "{}").toBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName("r1").addOwnerReferences(owner))
                .build();
        List<Runnable> calls = List.of(
                () -> LIVE.objects().get(get().setView(View.VIEW_METADATA).build()),
                () -> LIVE.objects().list(list().setView(View.VIEW_FULL).build()),
                () -> LIVE.objects().apply(apply().setSubresource("status").build()),
                () -> LIVE.objects().apply(apply().setObject(owned).build()),
                () -> LIVE.objects().patch(PatchRequest.getDefaultInstance()),
                () -> LIVE.objects().deleteMany(DeleteManyRequest.getDefaultInstance()),
                () -> LIVE.objects().wait(WaitRequest.getDefaultInstance()),
                () -> LIVE.types().explainType(ExplainTypeRequest.getDefaultInstance()));
        for (Runnable call : calls) {
            assertThat(Refusal.of(call).is(UNIMPLEMENTED, Reason.NOT_BUILT_YET).metadata())
                    .containsKey("feature");
        }
    }

    @Test
    void aRefusalSaysWhatToDo() {
        String workspace = LIVE.newWorkspace();
        Object absent = named("nope", "{}").toBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName("nope").setResourceVersion(1))
                .build();
        List<Runnable> calls = List.of(
                () -> LIVE.objects().get(get().setName("nope").build()),
                () -> LIVE.objects().delete(delete().setName("nope").build()),
                () -> LIVE.objects()
                        .update(UpdateRequest.newBuilder()
                                .setWorkspace("root")
                                .setType("robots")
                                .setObject(absent)
                                .build()),
                () -> LIVE.newWorkspace(workspace),
                () -> LIVE.newWorkspace("root"),
                () -> LIVE.workspaces()
                        .deleteWorkspace(DeleteWorkspaceRequest.newBuilder()
                                .setWorkspace("root")
                                .build()));
        for (Runnable call : calls) {
            Refusal refusal = Refusal.of(call);
            assertThat(refusal.reason()).isNotEmpty();
            assertThat(refusal.message())
                    .as("what is wrong: what to do")
                    .containsPattern(": (list|create|use|delete) ");
        }
    }

    @Test
    void whatStandsForNothingIsNotCalledUnbuilt() {
        refusedAsValue(
                "view",
                "VIEW_BASIC",
                () -> LIVE.objects().get(get().setViewValue(99).build()));
        refusedAsValue(
                "view",
                "VIEW_BASIC",
                () -> LIVE.objects().list(list().setViewValue(99).build()));
        refusedAsValue(
                "scope",
                "SCOPE_SUBTREE",
                () -> LIVE.objects().watch(watch().setScopeValue(99).build()).next());
        refusedAsValue(
                "mode",
                "DELIVERY_MODE_LATEST",
                () -> LIVE.objects().watch(watch().setModeValue(-1).build()).next());
    }

    private static void refusedAsValue(String field, String known, Runnable call) {
        Refusal refusal = Refusal.of(call).is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        assertThat(refusal.fields()).containsExactly(field);
        assertThat(refusal.message()).contains(known).doesNotContain("UNRECOGNIZED");
    }

    private static GetRequest.Builder get() {
        return GetRequest.newBuilder().setWorkspace("root").setType("robots").setName("r1");
    }

    private static ListRequest.Builder list() {
        return ListRequest.newBuilder().setWorkspace("root").setType("robots");
    }

    private static ApplyRequest.Builder apply() {
        return ApplyRequest.newBuilder()
                .setWorkspace("root")
                .setType("robots")
                .setObject(Object.newBuilder().setSpec(LiveServer.struct("{}")));
    }

    private static DeleteRequest.Builder delete() {
        return DeleteRequest.newBuilder().setWorkspace("root").setType("robots").setName("r1");
    }

    private static WatchRequest.Builder watch() {
        return WatchRequest.newBuilder().setWorkspace("root").setType("robots");
    }
}
