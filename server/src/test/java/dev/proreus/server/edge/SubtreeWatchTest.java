package dev.proreus.server.edge;

import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.v1.Bookmark;
import dev.proreus.v1.DeleteRequest;
import dev.proreus.v1.DeleteWorkspaceRequest;
import dev.proreus.v1.DeliveryMode;
import dev.proreus.v1.Scope;
import dev.proreus.v1.WatchRequest;
import dev.proreus.workspace.Reason;
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
    void itResumesFromABookmarkThoughAWorkspaceIsGoneByThen() {
        LIVE.applyRobot(berlin, "r1", "{}");
        String token;
        try (WatchTape tape = WatchTape.of(LIVE, watch())) {
            assertThat(tape.routed()).isEqualTo("added r1 @1 in " + berlin);
            token = tape.bookmark().getResumeToken();
        }
        LIVE.applyRobot(top, "r2", "{}");
        var unused = LIVE.objects()
                .delete(DeleteRequest.newBuilder()
                        .setWorkspace(berlin)
                        .setType("robots")
                        .setName("r1")
                        .build());
        var unusedAnswer = LIVE.workspaces()
                .deleteWorkspace(
                        DeleteWorkspaceRequest.newBuilder().setWorkspace(berlin).build());
        try (WatchTape tape = WatchTape.of(LIVE, watch().setResumeToken(token))) {
            assertThat(tape.routed()).isEqualTo("added r2 @2 in " + top);
            assertThat(tape.routed()).isEqualTo("deleted r1 @2 in " + berlin);
        }
        try (WatchTape tape =
                WatchTape.of(LIVE, watch().setResumeToken(token).setMode(DeliveryMode.DELIVERY_MODE_LATEST))) {
            assertThat(tape.routed()).isEqualTo("added r2 @2 in " + top);
            assertThat(tape.routed()).isEqualTo("deleted r1 @2 in " + berlin);
            assertThat(tape.bookmark().getResumeToken()).isNotEmpty();
        }
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
