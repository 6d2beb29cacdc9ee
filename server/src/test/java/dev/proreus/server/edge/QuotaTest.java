package dev.proreus.server.edge;

import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static io.grpc.Status.Code.RESOURCE_EXHAUSTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.v1.GetWorkspaceUsageRequest;
import dev.proreus.v1.GetWorkspaceUsageResponse;
import dev.proreus.v1.UpdateWorkspaceRequest;
import dev.proreus.v1.Workspace;
import dev.proreus.workspace.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What workspaces hold and may hold, through the public door. */
class QuotaTest {
    @RegisterExtension
    static final LiveServer LIVE = new LiveServer();

    @Test
    void aWorkspaceHoldsNoMoreThanItsQuotaAndTellsWhatItUses() {
        String workspace = LIVE.newWorkspace();
        Workspace shown = LIVE.workspaces()
                .updateWorkspace(update(workspace)
                        .setObjectQuota(2)
                        .setSubtreeByteQuota(5_000)
                        .build())
                .getWorkspace();
        assertThat(shown.getObjectQuota()).isEqualTo(2);
        assertThat(shown.getSubtreeByteQuota()).isEqualTo(5_000);
        LIVE.newWorkspace(workspace + ":a");
        LIVE.applyRobot(workspace, "r1", "{}");
        Refusal.of(() -> LIVE.newWorkspace(workspace + ":b")).is(RESOURCE_EXHAUSTED, Reason.QUOTA_EXCEEDED);
        Refusal.of(() -> LIVE.applyRobot(workspace, "r2", "{}")).is(RESOURCE_EXHAUSTED, Reason.QUOTA_EXCEEDED);
        LIVE.applyRobot(workspace + ":a", "r1", "{}");

        GetWorkspaceUsageResponse usage = usage(workspace);
        assertThat(usage.getObjects()).isEqualTo(2);
        assertThat(usage.getObjectQuota()).isEqualTo(2);
        assertThat(usage.getByteQuota()).isZero();
        assertThat(usage.getSubtreeObjects()).isEqualTo(3);
        assertThat(usage.getBytes()).isPositive().isLessThan(usage.getSubtreeBytes());
        assertThat(usage.getSubtreeByteQuota()).isEqualTo(5_000);
    }

    @Test
    void aQuotaIsNotNegativeAndTheRestStays() {
        String workspace = LIVE.newWorkspace();
        LIVE.workspaces()
                .updateWorkspace(update(workspace)
                        .setByteQuota(700)
                        .setSubtreeObjectQuota(9)
                        .build());
        for (UpdateWorkspaceRequest.Builder wrong : new UpdateWorkspaceRequest.Builder[] {
            update(workspace).setObjectQuota(-1),
            update(workspace).setByteQuota(-1),
            update(workspace).setSubtreeObjectQuota(-1),
            update(workspace).setSubtreeByteQuota(Long.MIN_VALUE)
        }) {
            Refusal.of(() -> LIVE.workspaces().updateWorkspace(wrong.build())).is(INVALID_ARGUMENT, Reason.BAD_REQUEST);
        }
        LIVE.workspaces()
                .updateWorkspace(
                        update(workspace).setObjectQuota(3).setByteQuota(0).build());
        GetWorkspaceUsageResponse usage = usage(workspace);
        assertThat(usage.getObjectQuota()).isEqualTo(3);
        assertThat(usage.getByteQuota()).isZero();
        assertThat(usage.getSubtreeObjectQuota()).isEqualTo(9);
        Refusal.of(() -> usage(workspace + ":none")).is(NOT_FOUND, Reason.WORKSPACE_NOT_FOUND);
    }

    private static UpdateWorkspaceRequest.Builder update(String workspace) {
        return UpdateWorkspaceRequest.newBuilder().setWorkspace(workspace);
    }

    private static GetWorkspaceUsageResponse usage(String workspace) {
        return LIVE.workspaces()
                .getWorkspaceUsage(GetWorkspaceUsageRequest.newBuilder()
                        .setWorkspace(workspace)
                        .build());
    }
}
