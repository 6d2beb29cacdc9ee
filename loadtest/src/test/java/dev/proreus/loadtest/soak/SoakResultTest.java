package dev.proreus.loadtest.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proreus.loadtest.report.Trend.Sample;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A level is flat only where it grows neither within a life of the server nor from life to life. */
class SoakResultTest {
    @Test
    void whatGrowsWithinALifeIsNotFlat() {
        assertThat(threads(life(0, 40, 40), life(1, 40, 40), life(2, 40, 40)).isFlat())
                .isTrue();
        assertThat(threads(life(0, 40, 41), life(1, 40, 41), life(2, 40, 41)).isFlat())
                .isFalse();
    }

    @Test
    void whatGrowsFromLifeToLifeIsNotFlat() {
        assertThat(threads(life(0, 40, 40), life(1, 44, 44), life(2, 48, 48)).isFlat())
                .isFalse();
    }

    @Test
    void whatFallsIsFlat() {
        assertThat(threads(life(0, 90, 80), life(1, 40, 30), life(2, 20, 10)).isFlat())
                .isTrue();
    }

    @Test
    void thisSideHasOneLifeHoweverOftenTheServerIsStarted() {
        SoakResult.Movement moved =
                SoakResult.movement(Level.CLIENT_THREADS, List.of(life(0, 40, 40), life(1, 60, 60), life(2, 80, 80)));

        assertThat(moved.within().perHour()).isPositive();
        assertThat(moved.isFlat()).isFalse();
    }

    @Test
    void theFirstLifeTakesHalfAndTheOthersShareTheRest() {
        SoakPlan plan = plan(Duration.ofMinutes(10), 4);

        assertThat(List.of(plan.beginsAfter(0), plan.beginsAfter(1), plan.beginsAfter(3), plan.beginsAfter(5)))
                .containsExactly(0L, 300_000_000_000L, 450_000_000_000L, 600_000_000_000L);
        assertThat(plan.looksAfter(1, plan.looks(1))).isEqualTo(plan.beginsAfter(2));
    }

    @Test
    void livesThatAreTooShortToSettleAreRefused() {
        assertThatThrownBy(() -> plan(Duration.ofMinutes(1), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--restarts");
    }

    private static SoakPlan plan(Duration length, int restarts) {
        return new SoakPlan(length, restarts, 4, 4, 100, 100, "10s", 1);
    }

    private static SoakResult.Movement threads(List<Sample> first, List<Sample> second, List<Sample> third) {
        return SoakResult.movement(Level.THREADS, List.of(first, second, third));
    }

    private static List<Sample> life(int number, double from, double to) {
        return List.of(new Sample(number, from), new Sample(number + 0.5, to));
    }
}
