package dev.proreus.loadtest.workspaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A run holds only where the weight, the rate and the slowest start do. */
class WorkspacesResultTest {
    private static final WorkspacesPlan PLAN = new WorkspacesPlan(1_500, 500, 8, 2, 2_048, 500, 3);

    @Test
    void eachOfTheThreeBoundsDecides() {
        assertThat(result(2, 2_048_000, 3.0).holds()).isTrue();
        assertThat(result(2.01, 2_048_000, 3.0).holds()).isFalse();
        assertThat(result(2, 2_049_000, 3.0).holds()).isFalse();
        assertThat(result(2, 2_048_000, 3.1).holds()).isFalse();
        assertThat(result(2, 2_048_000, 3.0).figures().line())
                .contains("workspacesPerSecond=500.0")
                .contains("heapBytesPerWorkspace=2048.0")
                .contains("startSecondsMax=3.0")
                .contains("ok=true");
    }

    @Test
    void aPlanOfNothingIsRefused() {
        assertThatThrownBy(() -> new WorkspacesPlan(0, 0, 1, 1, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--count");
        assertThatThrownBy(() -> new WorkspacesPlan(1, 1, 1, 1, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--warmup");
        assertThatThrownBy(() -> new WorkspacesPlan(1, 0, 1, 1, 1, Double.NaN, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--per-second");
    }

    private static WorkspacesResult result(double makeSeconds, long heapBytes, double slowest) {
        return new WorkspacesResult(PLAN, makeSeconds, heapBytes, List.of(1.0, slowest));
    }
}
