package dev.proreus.server.edge;

import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.OUT_OF_RANGE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.proreus.v1.GetRequest;
import dev.proreus.v1.GetWorkspaceRequest;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.ListResponse;
import dev.proreus.v1.UpdateWorkspaceRequest;
import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.Workspace;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The past through the public door: revisions asked for, and how much of them is held. */
class HistoryTest {
    private static final long WAIT_NANOS = 30_000_000_000L;

    @RegisterExtension
    static final LiveServer LIVE = new LiveServer();

    @Test
    void anObjectIsReadAsItWas() {
        String workspace = LIVE.newWorkspace();
        for (int target = 1; target <= 3; target++) {
            LIVE.applyRobot(workspace, "r1", "{\"target\": " + target + "}");
        }
        LIVE.applyRobot(workspace, "r2", "{}");

        assertThat(target(workspace, 0)).isEqualTo(3);
        assertThat(target(workspace, 1)).isEqualTo(1);
        assertThat(target(workspace, 2)).isEqualTo(2);
        ListResponse before =
                LIVE.objects().list(list(workspace).setAtRevision(3).build());
        assertThat(before.getItemsCount()).isEqualTo(1);
        assertThat(before.getRevision()).isEqualTo(3);
    }

    @Test
    void revisionsThatAreNoneAreRefused() {
        String workspace = LIVE.newWorkspace();
        LIVE.applyRobot(workspace, "r1", "{}");

        Refusal.of(() -> target(workspace, -1)).is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        Refusal.of(() -> LIVE.objects()
                        .list(list(workspace).setAtRevision(Long.MIN_VALUE).build()))
                .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        Refusal.of(() -> target(workspace, 2)).is(OUT_OF_RANGE, Reason.REVISION_NOT_REACHED);
        Refusal.of(() -> LIVE.objects()
                        .list(list(workspace).setAtRevision(Long.MAX_VALUE).build()))
                .is(OUT_OF_RANGE, Reason.REVISION_NOT_REACHED);
    }

    @Test
    void aWorkspaceHoldsLessHistoryOnRequestAndNeverMoreThanTheServer() {
        String workspace = LIVE.newWorkspace();
        UpdateWorkspaceRequest.Builder update =
                UpdateWorkspaceRequest.newBuilder().setWorkspace(workspace);
        Workspace shown = LIVE.workspaces()
                .updateWorkspace(update.setRetention(Duration.newBuilder().setSeconds(600))
                        .setRetentionBytes(2_000)
                        .build())
                .getWorkspace();
        assertThat(shown.getRetention().getSeconds()).isEqualTo(600);
        assertThat(shown.getRetentionBytes()).isEqualTo(2_000);
        assertThat(shown.getRevision()).isZero();

        for (Duration wrong : new Duration[] {
            Duration.newBuilder().setSeconds(-1).build(),
            Duration.newBuilder().setSeconds(1).setNanos(1).build(),
            Duration.newBuilder()
                    .setSeconds(Limits.RETENTION.age().toSeconds() + 1)
                    .build()
        }) {
            Refusal.of(() -> LIVE.workspaces()
                            .updateWorkspace(update.setRetention(wrong).build()))
                    .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        }
        for (long wrong : new long[] {-1, Limits.RETENTION.bytes() + 1}) {
            Refusal.of(() -> LIVE.workspaces()
                            .updateWorkspace(update.clearRetention()
                                    .setRetentionBytes(wrong)
                                    .build()))
                    .is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        }
        assertThat(get(workspace).getRetentionBytes()).isEqualTo(2_000);
        Workspace back = LIVE.workspaces()
                .updateWorkspace(update.clearRetention().setRetentionBytes(0).build())
                .getWorkspace();
        assertThat(back.getRetentionBytes()).isEqualTo(Limits.RETENTION.bytes());
        assertThat(back.getRetention().getSeconds()).isEqualTo(600);
    }

    @Test
    void whatIsNoLongerHeldIsRefusedWithTheOldestThatIs() {
        String workspace = LIVE.newWorkspace();
        for (int target = 1; target <= 50; target++) {
            LIVE.applyRobot(workspace, "r1", "{\"target\": " + target + "}");
        }
        LIVE.workspaces()
                .updateWorkspace(UpdateWorkspaceRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setRetentionBytes(2_000)
                        .build());
        long oldest = awaitFloor(workspace);

        assertThat(target(workspace, oldest)).isEqualTo((int) oldest);
        assertThat(Refusal.of(() -> target(workspace, 1))
                        .is(OUT_OF_RANGE, Reason.RESOURCE_VERSION_EXPIRED)
                        .metadata())
                .containsEntry("oldest", Long.toString(oldest));
        assertThat(Refusal.of(() -> LIVE.objects()
                                .watch(WatchRequest.newBuilder()
                                        .setWorkspace(workspace)
                                        .setType("robots")
                                        .setAfterRevision(1)
                                        .build())
                                .next())
                        .is(OUT_OF_RANGE, Reason.RESOURCE_VERSION_EXPIRED)
                        .metadata())
                .containsEntry("oldest", Long.toString(oldest));
        assertThat(get(workspace).getHistoryBytes()).isBetween(1L, 2_000L);
    }

    private static long awaitFloor(String workspace) {
        long deadline = System.nanoTime() + WAIT_NANOS;
        while (System.nanoTime() < deadline) {
            long oldest = get(workspace).getOldestRevision();
            if (oldest > 0) {
                return oldest;
            }
        }
        throw new AssertionError("the floor of " + workspace + " did not rise");
    }

    private static Workspace get(String workspace) {
        return LIVE.workspaces()
                .getWorkspace(
                        GetWorkspaceRequest.newBuilder().setWorkspace(workspace).build())
                .getWorkspace();
    }

    private static int target(String workspace, long atRevision) {
        return (int) LIVE.objects()
                .get(GetRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setType("robots")
                        .setName("r1")
                        .setAtRevision(atRevision)
                        .build())
                .getObject()
                .getSpec()
                .getFieldsOrThrow("target")
                .getNumberValue();
    }

    private static ListRequest.Builder list(String workspace) {
        return ListRequest.newBuilder().setWorkspace(workspace).setType("robots");
    }
}
