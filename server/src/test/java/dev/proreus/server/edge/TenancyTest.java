package dev.proreus.server.edge;

import static io.grpc.Status.Code.ALREADY_EXISTS;
import static io.grpc.Status.Code.FAILED_PRECONDITION;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.proreus.v1.CreateWorkspaceRequest;
import dev.proreus.v1.DeleteRequest;
import dev.proreus.v1.DeleteWorkspaceRequest;
import dev.proreus.v1.GetWorkspaceRequest;
import dev.proreus.v1.ListWorkspacesRequest;
import dev.proreus.v1.ListWorkspacesResponse;
import dev.proreus.v1.UndeleteWorkspaceRequest;
import dev.proreus.v1.Workspace;
import dev.proreus.workspace.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each method of WorkspaceService, as its comments promise. */
class TenancyTest {
    @RegisterExtension
    static final LiveServer LIVE = new LiveServer();

    @Test
    void aWorkspaceIsCreatedReadAndDeleted() {
        Workspace created =
                LIVE.workspaces().createWorkspace(create("root:one")).getWorkspace();
        Workspace read = get("root:one");

        assertThat(read).isEqualTo(created);
        assertThat(read.getPath()).isEqualTo("root:one");
        assertThat(read.getUid()).isNotEqualTo(read.getIncarnation());
        assertThat(read.hasCreationTimestamp()).isTrue();
        assertThat(read.getRevision()).isZero();
        LIVE.applyRobot("root:one", "r1", "{}");
        assertThat(get("root:one").getRevision()).isEqualTo(1);
        assertThat(get("root:one").getObjects()).isEqualTo(1);

        refusalOfDelete("root:one").is(FAILED_PRECONDITION, Reason.WORKSPACE_NOT_EMPTY);
        LIVE.objects()
                .delete(DeleteRequest.newBuilder()
                        .setWorkspace("root:one")
                        .setType("robots")
                        .setName("r1")
                        .build());
        Workspace deleted =
                LIVE.workspaces().deleteWorkspace(delete("root:one")).getWorkspace();

        assertThat(deleted.getUid()).isEqualTo(created.getUid());
        Refusal.of(() -> get("root:one")).is(NOT_FOUND, Reason.WORKSPACE_NOT_FOUND);
        Workspace again = LIVE.workspaces().createWorkspace(create("root:one")).getWorkspace();
        assertThat(again.getUid()).isNotEqualTo(created.getUid());
        assertThat(again.getIncarnation()).isNotEqualTo(created.getIncarnation());
    }

    @Test
    void aDeletionIsTakenBackWithinItsGrace() {
        LIVE.newWorkspace("root:kept");
        LIVE.newWorkspace("root:kept:child");
        LIVE.applyRobot("root:kept:child", "r1", "{}");
        Workspace terminating = LIVE.workspaces()
                .deleteWorkspace(delete("root:kept").toBuilder()
                        .setGrace(Duration.newBuilder().setSeconds(600))
                        .build())
                .getWorkspace();
        assertThat(terminating.getState()).isEqualTo(Workspace.State.STATE_TERMINATING);
        assertThat(terminating.getGraceEnd().getSeconds()
                        - terminating.getDeletionTimestamp().getSeconds())
                .isEqualTo(600);
        Workspace child = get("root:kept:child");
        assertThat(child.getState()).isEqualTo(Workspace.State.STATE_TERMINATING);
        assertThat(child.getGraceEnd()).isEqualTo(terminating.getGraceEnd());
        Refusal.of(() -> LIVE.applyRobot("root:kept:child", "r2", "{}"))
                .is(FAILED_PRECONDITION, Reason.WORKSPACE_TERMINATING);
        Refusal.of(() -> LIVE.newWorkspace("root:kept:another")).is(FAILED_PRECONDITION, Reason.WORKSPACE_TERMINATING);

        Workspace back = LIVE.workspaces()
                .undeleteWorkspace(UndeleteWorkspaceRequest.newBuilder()
                        .setWorkspace("root:kept")
                        .build())
                .getWorkspace();
        assertThat(back.getState()).isEqualTo(Workspace.State.STATE_ACTIVE);
        assertThat(back.hasGraceEnd()).isFalse();
        LIVE.applyRobot("root:kept:child", "r2", "{}");
    }

    @Test
    void aGraceThatIsNoneIsRefused() {
        LIVE.newWorkspace("root:graceless");
        DeleteWorkspaceRequest request = delete("root:graceless");
        for (Duration grace : List.of(
                Duration.newBuilder().setSeconds(-1).build(),
                Duration.newBuilder().setNanos(-1).build(),
                Duration.newBuilder().setSeconds(1).setNanos(-1).build(),
                Duration.newBuilder().setNanos(Integer.MAX_VALUE).build(),
                Duration.newBuilder().setSeconds(Long.MAX_VALUE).build())) {
            Refusal.of(() -> LIVE.workspaces()
                            .deleteWorkspace(request.toBuilder().setGrace(grace).build()))
                    .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        }
        assertThat(get("root:graceless").getState()).isEqualTo(Workspace.State.STATE_ACTIVE);
        Refusal.of(() -> LIVE.workspaces()
                        .undeleteWorkspace(UndeleteWorkspaceRequest.newBuilder()
                                .setWorkspace("root:nowhere")
                                .build()))
                .is(NOT_FOUND, Reason.WORKSPACE_NOT_FOUND);
    }

    @Test
    void theTreeIsKeptWhole() {
        LIVE.newWorkspace("root:two");
        LIVE.newWorkspace("root:two:child");

        Refusal.of(() -> LIVE.newWorkspace("root:two")).is(ALREADY_EXISTS, Reason.ALREADY_EXISTS);
        Refusal.of(() -> LIVE.newWorkspace("root:nowhere:child")).is(NOT_FOUND, Reason.WORKSPACE_NOT_FOUND);
        Refusal.of(() -> LIVE.newWorkspace("root")).is(ALREADY_EXISTS, Reason.ALREADY_EXISTS);
        refusalOfDelete("root:two").is(FAILED_PRECONDITION, Reason.WORKSPACE_NOT_EMPTY);
        refusalOfDelete("root:nowhere").is(NOT_FOUND, Reason.WORKSPACE_NOT_FOUND);
        assertThat(refusalOfDelete("root").code()).isNotEqualTo(io.grpc.Status.Code.INTERNAL);
    }

    @Test
    void childrenOrEverythingBelowIsListedPageByPage() {
        LIVE.newWorkspace("root:tree");
        List<String> all = new ArrayList<>(List.of("root:tree"));
        List<String> children = new ArrayList<>();
        for (String child : List.of("a", "a-b", "b", "c")) {
            children.add(LIVE.newWorkspace("root:tree:" + child));
            all.add("root:tree:" + child);
            LIVE.newWorkspace("root:tree:" + child + ":x");
            all.add("root:tree:" + child + ":x");
        }

        for (int size : new int[] {0, 1, 2, 3, 100}) {
            assertThat(list("root:tree", false, size)).isEqualTo(children);
            assertThat(list("root:tree", true, size)).containsExactlyInAnyOrderElementsOf(all);
        }
        assertThat(list("", false, 0)).contains("root:tree").doesNotContain("root", "root:tree:a");
    }

    @Test
    void pageTokensOfOtherListsAreRefused() {
        LIVE.newWorkspace("root:p");
        LIVE.newWorkspace("root:p:a");
        LIVE.newWorkspace("root:p:b");
        ListWorkspacesRequest request = ListWorkspacesRequest.newBuilder()
                .setWorkspace("root:p")
                .setPageSize(1)
                .build();
        String token = LIVE.workspaces().listWorkspaces(request).getNextPageToken();

        assertThat(token).isNotEmpty();
        for (ListWorkspacesRequest wrong : List.of(
                request.toBuilder().setWorkspace("root").setPageToken(token).build(),
                request.toBuilder().setRecursive(true).setPageToken(token).build(),
                request.toBuilder().setPageToken("%").build(),
                request.toBuilder().setPageToken("YyByb290OnAgcm9vdDp6").build(),
                request.toBuilder().setPageSize(-1).build())) {
            Refusal.of(() -> LIVE.workspaces().listWorkspaces(wrong)).is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        }
    }

    private static List<String> list(String path, boolean recursive, int size) {
        List<String> paths = new ArrayList<>();
        ListWorkspacesRequest.Builder request = ListWorkspacesRequest.newBuilder()
                .setWorkspace(path)
                .setRecursive(recursive)
                .setPageSize(size);
        ListWorkspacesResponse page;
        do {
            page = LIVE.workspaces().listWorkspaces(request.build());
            page.getWorkspacesList().forEach(each -> paths.add(each.getPath()));
            assertThat(size == 0 || page.getWorkspacesCount() <= size).isTrue();
            request.setPageToken(page.getNextPageToken());
        } while (!page.getNextPageToken().isEmpty());
        return paths;
    }

    private static Workspace get(String path) {
        return LIVE.workspaces()
                .getWorkspace(
                        GetWorkspaceRequest.newBuilder().setWorkspace(path).build())
                .getWorkspace();
    }

    private static CreateWorkspaceRequest create(String path) {
        return CreateWorkspaceRequest.newBuilder().setWorkspace(path).build();
    }

    private static DeleteWorkspaceRequest delete(String path) {
        return DeleteWorkspaceRequest.newBuilder().setWorkspace(path).build();
    }

    private static Refusal refusalOfDelete(String path) {
        return Refusal.of(() -> LIVE.workspaces().deleteWorkspace(delete(path)));
    }
}
