package dev.proreus.loadtest.deletion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proreus.loadtest.deletion.DeletionResult.Round;
import dev.proreus.loadtest.deletion.Removal.Times;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A run holds only where each of its bounds does: the slowest round's, and of the ratios of latency the median. */
class DeletionResultTest {
    private static final DeletionPlan PLAN = plan(10_000, 2);
    private static final Round GOOD = round(new Times(0.1, 0.9, 0.1, 29), 1.4, 1.2);

    @Test
    void eachBoundDecides() {
        assertThat(result(null, GOOD, GOOD).holds()).isTrue();
        assertThat(result(null, GOOD, round(new Times(0.1, 1.1, 0.1, 29), 1, 1)).holds())
                .isFalse();
        assertThat(result(null, GOOD, round(new Times(0.1, 0.9, 0.1, 31), 1, 1)).holds())
                .isFalse();
        assertThat(result(null, GOOD, round(new Times(0.1, 0.9, 0.1, 29), 1, 1.4))
                        .holds())
                .isFalse();
        assertThat(result(null, GOOD, round(new Times(0.1, 0.9, 0.1, 29), 1.7, 1.2))
                        .holds())
                .isFalse();
        assertThat(result(null, GOOD).holds()).isFalse();
        assertThat(result("a write failed", GOOD, GOOD).holds()).isFalse();
        assertThat(result(null, GOOD, GOOD).figures().line())
                .contains("toldSecondsMax=0.9")
                .contains("filesRatioMax=1.2")
                .contains("ok=true");
    }

    @Test
    void aWorkspaceLiesBelowItsParent() {
        Subtree subtree = new Subtree("big", PLAN);

        assertThat(subtree.path(0)).isEqualTo("root:big");
        assertThat(subtree.path(10)).isEqualTo("root:big:child-10");
        assertThat(subtree.path(111)).isEqualTo("root:big:child-1:child-11:child-111");
    }

    @Test
    void aPlanOfNothingIsRefused() {
        assertThatThrownBy(() -> plan(0, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--workspaces");
    }

    private static DeletionPlan plan(int workspaces, int rounds) {
        return new DeletionPlan(workspaces, 10, 100, 10, 8, 100, 100, 1, rounds, 1, 1);
    }

    private static Round round(Times times, double slower, double filesRatio) {
        return new Round(times, 10, 10 * slower, new Footprint(300, 100), new Footprint(100 * filesRatio, 100), 20);
    }

    private static DeletionResult result(@Nullable String failure, Round... rounds) {
        return new DeletionResult(PLAN, List.of(rounds), failure);
    }
}
