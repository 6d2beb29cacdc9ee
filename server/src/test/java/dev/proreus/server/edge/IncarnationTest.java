package dev.proreus.server.edge;

import static io.grpc.Status.Code.OUT_OF_RANGE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import dev.proreus.v1.DeleteRequest;
import dev.proreus.v1.DeleteWorkspaceRequest;
import dev.proreus.v1.GetWorkspaceRequest;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.ListWorkspacesRequest;
import dev.proreus.v1.Scope;
import dev.proreus.v1.WatchRequest;
import dev.proreus.workspace.Reason;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A workspace that is created again has another history: what was known of the one before does not pass for its own.
 */
class IncarnationTest {
    @RegisterExtension
    static final LiveServer LIVE = new LiveServer();

    private String workspace = "";

    @BeforeEach
    void workspaceWithTwoRobotsAndTwoChildren() {
        workspace = LIVE.newWorkspace();
        LIVE.applyRobot(workspace, "r1", "{}");
        LIVE.applyRobot(workspace, "r2", "{}");
        LIVE.newWorkspace(workspace + ":a");
        LIVE.newWorkspace(workspace + ":b");
    }

    /** Whatever the watch starts with: who names an incarnation holds something of it. */
    @Test
    void aWatchUnderAnotherIncarnation() {
        String resume = resumeToken();
        for (String other : List.of(UUID.randomUUID().toString(), "zzz", "x".repeat(4 << 10))) {
            List<WatchRequest.Builder> starts = List.of(
                    watch(),
                    watch().setNow(Empty.getDefaultInstance()),
                    watch().setAfterRevision(1),
                    watchOverSubtree(),
                    watchOverSubtree().setResumeToken(resume));
            for (WatchRequest.Builder start : starts) {
                refusedAsOfAnother(() -> LIVE.objects()
                        .watch(start.setIncarnation(other).build())
                        .next());
            }
        }
    }

    @Test
    void aWatchUnderItsOwnIncarnation() {
        String own = incarnation();
        for (WatchRequest.Builder start : List.of(watch(), watchOverSubtree().setResumeToken(resumeToken()))) {
            try (WatchTape tape = WatchTape.of(LIVE, start.setIncarnation(own))) {
                LIVE.applyRobot(workspace, "r3", "{\"target\": " + System.nanoTime() + "}");
                assertThat(tape.line()).isNotEmpty();
            }
        }
    }

    /** They were given for the same request, but in a history that is over. */
    @Test
    void tokensOfAnotherIncarnation() {
        String page = LIVE.objects().list(list().setPageSize(1).build()).getNextPageToken();
        String resume = resumeToken();
        String children = LIVE.workspaces()
                .listWorkspaces(children().setPageSize(1).build())
                .getNextPageToken();
        createAgain();
        refusedAsOfAnother(() -> LIVE.objects().list(list().setPageToken(page).build()));
        refusedAsOfAnother(() -> LIVE.objects()
                .watch(watchOverSubtree().setResumeToken(resume).build())
                .next());
        refusedAsOfAnother(() -> LIVE.workspaces()
                .listWorkspaces(children().setPageToken(children).build()));
    }

    private void refusedAsOfAnother(Runnable call) {
        Refusal refusal = Refusal.of(call).is(OUT_OF_RANGE, Reason.INCARNATION_CHANGED);
        assertThat(refusal.metadata())
                .containsEntry("workspace", workspace)
                .containsEntry("incarnation", incarnation());
    }

    private void createAgain() {
        for (String name : List.of("r1", "r2")) {
            var unused = LIVE.objects()
                    .delete(DeleteRequest.newBuilder()
                            .setWorkspace(workspace)
                            .setType("robots")
                            .setName(name)
                            .build());
        }
        for (String each : List.of(workspace + ":a", workspace + ":b", workspace)) {
            var unused = LIVE.workspaces()
                    .deleteWorkspace(DeleteWorkspaceRequest.newBuilder()
                            .setWorkspace(each)
                            .build());
        }
        LIVE.newWorkspace(workspace);
    }

    private String incarnation() {
        return LIVE.workspaces()
                .getWorkspace(
                        GetWorkspaceRequest.newBuilder().setWorkspace(workspace).build())
                .getWorkspace()
                .getIncarnation();
    }

    private String resumeToken() {
        try (WatchTape tape = WatchTape.of(LIVE, watchOverSubtree())) {
            String line = tape.line();
            while (!line.startsWith("bookmark")) {
                line = tape.line();
            }
            return tape.lastBookmark().getResumeToken();
        }
    }

    private ListRequest.Builder list() {
        return ListRequest.newBuilder().setWorkspace(workspace).setType("robots");
    }

    private ListWorkspacesRequest.Builder children() {
        return ListWorkspacesRequest.newBuilder().setWorkspace(workspace);
    }

    private WatchRequest.Builder watch() {
        return WatchRequest.newBuilder().setWorkspace(workspace).setType("robots");
    }

    private WatchRequest.Builder watchOverSubtree() {
        return watch().setScope(Scope.SCOPE_SUBTREE);
    }
}
