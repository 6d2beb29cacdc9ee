package dev.proreus.server.edge;

import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.v1.Bookmark;
import dev.proreus.v1.DeleteWorkspaceRequest;
import dev.proreus.v1.DeliveryMode;
import dev.proreus.v1.Scope;
import dev.proreus.v1.WatchRequest;
import dev.proreus.workspace.Reason;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A watch over a workspace and all below it, as its comments promise. */
class SubtreeWatchTest {
    @RegisterExtension
    static final LiveServer LIVE = new LiveServer();

    private String top = "";
    private String berlin = "";

    @BeforeEach
    void workspaces() {
        top = LIVE.newWorkspace();
        berlin = LIVE.newWorkspace(top + ":berlin");
    }

    @Test
    void itShowsEachWorkspaceAndGoesOnLive() {
        LIVE.applyRobot(top, "r1", "{}");
        LIVE.applyRobot(berlin, "r1", "{}");
        LIVE.applyRobot(LIVE.newWorkspace(), "elsewhere", "{}");
        try (WatchTape tape = WatchTape.of(LIVE, watch())) {
            assertThat(tape.routed()).isEqualTo("added r1 @2 in " + top);
            assertThat(tape.routed()).isEqualTo("added r1 @1 in " + berlin);
            Bookmark done = tape.bookmark();
            assertThat(done.getInitialDone()).isTrue();
            assertThat(done.getRevision()).as("a number of all tenants").isZero();
            assertThat(done.getResumeToken()).isNotEmpty();

            LIVE.applyRobot(berlin, "r2", "{}");
            String paris = LIVE.newWorkspace(top + ":paris");
            LIVE.applyRobot(paris, "r3", "{}");
            assertThat(tape.routed()).isEqualTo("added r2 @2 in " + berlin);
            assertThat(tape.routed()).as("a workspace that came later").isEqualTo("added r3 @1 in " + paris);
        }
    }

    @Test
    void itIsToldOfWorkspacesThatGoWhicheverTypeItAskedFor() {
        LIVE.applyRobot(berlin, "r1", "{}");
        try (WatchTape tape = WatchTape.of(LIVE, watch().setLabelSelector("no=body"));
                WatchTape latest = WatchTape.of(LIVE, latest(watch()))) {
            tape.bookmark();
            assertThat(latest.routed()).isEqualTo("added r1 @1 in " + berlin);
            latest.bookmark();
            LIVE.applyRobot(LIVE.newWorkspace(berlin + ":mitte"), "r1", "{}");
            deleteAll(berlin);
            assertThat(tape.routed()).isEqualTo("deleted berlin @2 in " + top);
            assertThat(latest.routed("deleted")).isEqualTo("deleted berlin @2 in " + top);
            berlin = LIVE.newWorkspace(top + ":berlin");
            LIVE.applyRobot(berlin, "r1", "{}");
            assertThat(latest.routed("added")).isEqualTo("added r1 @1 in " + berlin);
        }
    }

    @Test
    void itResumesFromABookmarkThoughAWorkspaceIsGoneByThen() {
        LIVE.applyRobot(berlin, "r1", "{}");
        String token;
        try (WatchTape tape = WatchTape.of(LIVE, watch())) {
            assertThat(tape.routed()).isEqualTo("added r1 @1 in " + berlin);
            token = tape.bookmark().getResumeToken();
        }
        LIVE.applyRobot(top, "r2", "{}");
        deleteAll(berlin);
        LIVE.applyRobot(LIVE.newWorkspace(top + ":berlin"), "r1", "{}");
        for (WatchRequest.Builder watch : List.of(watch(), latest(watch()))) {
            try (WatchTape tape = WatchTape.of(LIVE, watch.setResumeToken(token))) {
                assertThat(tape.routed()).isEqualTo("added r2 @2 in " + top);
                assertThat(tape.routed()).isEqualTo("deleted berlin @3 in " + top);
                assertThat(tape.routed()).isEqualTo("added r1 @1 in " + berlin);
            }
        }
    }

    @Test
    void watchesInsideEndWithTheWorkspace() {
        String mitte = LIVE.newWorkspace(berlin + ":mitte");
        LIVE.applyRobot(mitte, "r1", "{}");
        WatchRequest.Builder inside = watch().setScope(Scope.SCOPE_WORKSPACE);
        try (WatchTape below = WatchTape.of(LIVE, inside.setWorkspace(mitte));
                WatchTape subtree = WatchTape.of(LIVE, watch().setWorkspace(berlin))) {
            assertThat(below.line()).isEqualTo("added r1 @1");
            below.bookmark();
            assertThat(subtree.routed()).isEqualTo("added r1 @1 in " + mitte);
            subtree.bookmark();
            deleteAll(berlin);
            Refusal.of(below::line).is(NOT_FOUND, Reason.WORKSPACE_DELETED);
            Refusal.of(subtree::line).is(NOT_FOUND, Reason.WORKSPACE_DELETED);
        }
    }

    @Test
    void aWorkspaceThatGoesHidesNoObjectOfItsName() {
        String token;
        try (WatchTape tape = WatchTape.of(LIVE, watch())) {
            token = tape.bookmark().getResumeToken();
        }
        LIVE.applyRobot(top, "berlin", "{}");
        deleteAll(berlin);
        for (WatchRequest.Builder watch : List.of(watch(), latest(watch()))) {
            try (WatchTape tape = WatchTape.of(LIVE, watch.setResumeToken(token))) {
                assertThat(tape.routed()).isEqualTo("added berlin @2 in " + top);
                assertThat(tape.routed()).isEqualTo("deleted berlin @3 in " + top);
            }
        }
        try (WatchTape tape = WatchTape.of(
                LIVE,
                latest(watch())
                        .setType("workspaces")
                        .setLabelSelector("no=body")
                        .setResumeToken(tokenOf()))) {
            deleteAll(LIVE.newWorkspace(top + ":paris"));
            assertThat(tape.routed("deleted")).startsWith("deleted paris");
        }
    }

    /** Returns a token of a watch of workspaces that none of them matches. */
    private String tokenOf() {
        WatchRequest.Builder workspaces = latest(watch()).setType("workspaces").setLabelSelector("no=body");
        try (WatchTape tape = WatchTape.of(LIVE, workspaces)) {
            return tape.bookmark().getResumeToken();
        }
    }

    private static WatchRequest.Builder latest(WatchRequest.Builder watch) {
        return watch.setMode(DeliveryMode.DELIVERY_MODE_LATEST);
    }

    private static void deleteAll(String workspace) {
        var unused = LIVE.workspaces()
                .deleteWorkspace(DeleteWorkspaceRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setForce(true)
                        .build());
    }

    @Test
    void tokensAreGoodForTheSameWatchOnly() {
        String token;
        try (WatchTape tape = WatchTape.of(LIVE, watch())) {
            token = tape.bookmark().getResumeToken();
        }
        assertRefused(watch().setWorkspace(berlin).setResumeToken(token));
        assertRefused(watch().setName("r1").setResumeToken(token));
        assertRefused(watch().setType("agents").setResumeToken(token));
        assertRefused(watch().setResumeToken(token.substring(1)));
        assertRefused(watch().setResumeToken("x".repeat(10_000)));
        assertRefused(watch().setScope(Scope.SCOPE_WORKSPACE).setResumeToken(token));
        assertRefused(watch().setAfterRevision(1));
    }

    private WatchRequest.Builder watch() {
        return WatchRequest.newBuilder().setWorkspace(top).setType("robots").setScope(Scope.SCOPE_SUBTREE);
    }

    private static void assertRefused(WatchRequest.Builder request) {
        try (WatchTape tape = WatchTape.of(LIVE, request)) {
            Refusal refusal = Refusal.of(tape::line);
            assertThat(refusal.code()).isEqualTo(INVALID_ARGUMENT);
            assertThat(refusal.reason()).isEqualTo(Reason.BAD_REQUEST.name());
        }
    }
}
