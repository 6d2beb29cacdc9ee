package dev.proreus.server.edge;

import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static io.grpc.Status.Code.OUT_OF_RANGE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import dev.proreus.v1.Bookmark;
import dev.proreus.v1.DeleteRequest;
import dev.proreus.v1.DeleteWorkspaceRequest;
import dev.proreus.v1.DeliveryMode;
import dev.proreus.v1.Object;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchRequest;
import dev.proreus.workspace.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Watch, as its comments promise. */
class WatchTest {
    @RegisterExtension
    static final LiveServer LIVE = new LiveServer();

    private String workspace = "";

    @BeforeEach
    void workspace() {
        workspace = LIVE.newWorkspace();
    }

    @Test
    void itStartsWithTheStateAndGoesOnLive() {
        LIVE.applyRobot(workspace, "r2", "{\"target\": 2}");
        Object first = LIVE.applyRobot(workspace, "r1", "{\"target\": 1}").getObject();
        try (WatchTape tape = WatchTape.of(LIVE, watch())) {
            WatchEvent added = tape.event();
            assertThat(added.getAdded()).isEqualTo(first);
            assertThat(added.getRevision()).isEqualTo(2);
            assertThat(tape.line()).isEqualTo("added r2 @1");
            Bookmark done = tape.bookmark();
            assertThat(done.getInitialDone()).isTrue();
            assertThat(done.getRevision()).isEqualTo(2);
            assertThat(UUID.fromString(done.getIncarnation())).isNotNull();

            Object modified =
                    LIVE.applyRobot(workspace, "r1", "{\"target\": 5}").getObject();
            LIVE.applyRobot(workspace, "r3", "{}");
            delete("r2");

            assertThat(tape.event().getModified()).isEqualTo(modified);
            assertThat(tape.line()).isEqualTo("added r3 @4");
            assertThat(tape.line()).isEqualTo("deleted r2 @5");
        }
    }

    @Test
    void itGoesOnAfterARevisionWithExactlyWhatCameLater() {
        List<String> all = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            LIVE.applyRobot(workspace, "r" + i % 4, "{\"target\": " + i + "}");
            all.add((i <= 4 ? "added r" : "modified r") + i % 4 + " @" + i);
        }
        for (int after : new int[] {0, 1, 17, 39}) {
            try (WatchTape tape = WatchTape.of(LIVE, watch().setAfterRevision(after))) {
                List<String> seen = new ArrayList<>();
                for (int i = after; i < 40; i++) {
                    seen.add(tape.line());
                }
                assertThat(seen).isEqualTo(all.subList(after, 40));
            }
        }
    }

    @Test
    void aWatchThatEndedResumesWithoutAGapOrARepeat() {
        LIVE.applyRobot(workspace, "r1", "{\"target\": 1}");
        Bookmark bookmark;
        try (WatchTape tape = WatchTape.of(LIVE, watch())) {
            assertThat(tape.line()).isEqualTo("added r1 @1");
            bookmark = tape.bookmark();
        }
        LIVE.applyRobot(workspace, "r1", "{\"target\": 2}");
        WatchRequest.Builder resumed =
                watch().setAfterRevision(bookmark.getRevision()).setIncarnation(bookmark.getIncarnation());
        try (WatchTape tape = WatchTape.of(LIVE, resumed)) {
            assertThat(tape.line()).isEqualTo("modified r1 @2");
            LIVE.applyRobot(workspace, "r1", "{\"target\": 3}");
            assertThat(tape.line()).isEqualTo("modified r1 @3");
        }
    }

    @Test
    void itStartsAtNowAndSaysWhereThatIs() {
        LIVE.applyRobot(workspace, "r1", "{\"target\": 1}");
        try (WatchTape tape = WatchTape.of(LIVE, watch().setNow(Empty.getDefaultInstance()))) {
            Bookmark now = tape.bookmark();
            assertThat(now.getInitialDone()).isFalse();
            assertThat(now.getRevision()).isEqualTo(1);
            LIVE.applyRobot(workspace, "r2", "{}");
            assertThat(tape.line()).isEqualTo("added r2 @2");
        }
    }

    @Test
    void eventsCarryTheStateBeforeWhereAsked() {
        Object first = LIVE.applyRobot(workspace, "r1", "{\"target\": 1}").getObject();
        Object second = LIVE.applyRobot(workspace, "r1", "{\"target\": 2}").getObject();
        try (WatchTape tape = WatchTape.of(LIVE, watch().setAfterRevision(0).setPrevious(true))) {
            WatchEvent added = tape.event();
            assertThat(added.hasPrevious()).isFalse();
            WatchEvent modified = tape.event();
            assertThat(modified.getPrevious()).isEqualTo(first);
            assertThat(modified.getModified()).isEqualTo(second);
            LIVE.applyRobot(workspace, "r1", "{\"target\": 3}");
            assertThat(tape.event().getPrevious()).as("live").isEqualTo(second);
            delete("r1");
            assertThat(tape.event().hasPrevious())
                    .as("deleted is the state before")
                    .isFalse();
        }
    }

    @Test
    void theNewestStateOfEachObjectComesWithABookmark() {
        for (int target = 0; target < 5; target++) {
            LIVE.applyRobot(workspace, "r1", "{\"target\": " + target + "}");
        }
        LIVE.applyRobot(workspace, "r2", "{}");
        delete("r2");
        try (WatchTape tape =
                WatchTape.of(LIVE, watch().setAfterRevision(1).setMode(DeliveryMode.DELIVERY_MODE_LATEST))) {
            assertThat(tape.line()).isEqualTo("modified r1 @5");
            assertThat(tape.bookmark().getRevision()).isEqualTo(7);
            LIVE.applyRobot(workspace, "r3", "{}");
            assertThat(tape.line()).isEqualTo("added r3 @8");
            assertThat(tape.bookmark().getRevision()).as("in the same message").isEqualTo(8);
        }
    }

    @Test
    void oneNameSeesNothingOfOthers() {
        LIVE.applyRobot(workspace, "r1", "{}");
        LIVE.applyRobot(workspace, "r2", "{}");
        try (WatchTape tape = WatchTape.of(LIVE, watch().setName("r2"))) {
            assertThat(tape.line()).isEqualTo("added r2 @2");
            assertThat(tape.line()).isEqualTo("bookmark @2 done");
            LIVE.applyRobot(workspace, "r1", "{\"target\": 1}");
            LIVE.applyRobot(workspace, "r2", "{\"target\": 1}");
            delete("r1");
            delete("r2");
            assertThat(tape.line()).isEqualTo("modified r2 @4");
            assertThat(tape.line()).isEqualTo("deleted r2 @6");
        }
    }

    @Test
    void theSameNamesInTwoWorkspacesAreTwoObjects() {
        String other = LIVE.newWorkspace();
        try (WatchTape here = WatchTape.of(LIVE, watch());
                WatchTape there = WatchTape.of(LIVE, watch().setWorkspace(other))) {
            assertThat(here.line()).isEqualTo("bookmark @0 done");
            assertThat(there.line()).isEqualTo("bookmark @0 done");
            List<String> uids = new ArrayList<>();
            for (int i = 1; i <= 20; i++) {
                LIVE.applyRobot(workspace, "r1", "{\"target\": " + i + "}");
                uids.add(LIVE.applyRobot(other, "r1", "{\"target\": " + -i + "}")
                        .getObject()
                        .getMetadata()
                        .getUid());
            }
            for (int i = 1; i <= 20; i++) {
                Object mine = object(here.event());
                Object theirs = object(there.event());
                assertThat(mine.getMetadata().getResourceVersion()).isEqualTo(i);
                assertThat(theirs.getMetadata().getResourceVersion()).isEqualTo(i);
                assertThat(mine.getSpec().getFieldsOrThrow("target").getNumberValue())
                        .isEqualTo(i);
                assertThat(theirs.getSpec().getFieldsOrThrow("target").getNumberValue())
                        .isEqualTo(-i);
                assertThat(mine.getMetadata().getUid()).isNotIn(uids);
                assertThat(theirs.getMetadata().getUid()).isIn(uids);
            }
        }
    }

    @Test
    void positionsThatAreNoneAreRefused() {
        LIVE.applyRobot(workspace, "r1", "{}");

        refusal(watch().setAfterRevision(99)).is(OUT_OF_RANGE, Reason.REVISION_NOT_REACHED);
        refusal(watch().setAfterRevision(-1)).is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        refusal(watch().setAfterRevision(1).setIncarnation(new UUID(1, 2).toString()))
                .is(OUT_OF_RANGE, Reason.INCARNATION_CHANGED);
        refusal(watch().setName("No Name")).is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        refusal(watch().setType("ships")).is(NOT_FOUND, Reason.TYPE_NOT_FOUND);
        refusal(watch().setWorkspace("root:nowhere")).is(NOT_FOUND, Reason.WORKSPACE_NOT_FOUND);
    }

    @Test
    void itEndsWhereItsWorkspaceIsDeleted() {
        try (WatchTape tape = WatchTape.of(LIVE, watch())) {
            assertThat(tape.line()).isEqualTo("bookmark @0 done");
            LIVE.workspaces()
                    .deleteWorkspace(DeleteWorkspaceRequest.newBuilder()
                            .setWorkspace(workspace)
                            .build());

            Refusal.of(tape::line).is(NOT_FOUND, Reason.WORKSPACE_DELETED);
        }
    }

    @Test
    void aWorkspaceIsWatchedAsAnObjectOfItsParent() {
        try (WatchTape tape = WatchTape.of(LIVE, watch().setType("workspaces").setAfterRevision(0))) {
            LIVE.newWorkspace(workspace + ":berlin");

            assertThat(tape.event().getAdded().getMetadata().getName()).isEqualTo("berlin");
        }
    }

    @Test
    void aReaderThatIsSlowMissesNothing() {
        String big = "x".repeat(200_000);
        try (WatchTape tape = WatchTape.of(LIVE, watch())) {
            assertThat(tape.line()).isEqualTo("bookmark @0 done");
            for (int i = 1; i <= 60; i++) {
                LIVE.applyRobot(workspace, "r1", "{\"target\": " + i + ", \"text\": \"" + big + "\"}");
            }
            for (int i = 1; i <= 60; i++) {
                assertThat(tape.event().getRevision()).isEqualTo(i);
            }
        }
    }

    private WatchRequest.Builder watch() {
        return WatchRequest.newBuilder().setWorkspace(workspace).setType("robots");
    }

    private static Refusal refusal(WatchRequest.Builder request) {
        try (WatchTape tape = WatchTape.of(LIVE, request)) {
            return Refusal.of(tape::line);
        }
    }

    private static Object object(WatchEvent event) {
        return event.hasAdded() ? event.getAdded() : event.getModified();
    }

    private void delete(String name) {
        LIVE.objects()
                .delete(DeleteRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setType("robots")
                        .setName(name)
                        .build());
    }
}
