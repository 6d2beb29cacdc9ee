package dev.proreus.workspace.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long background loops rest, and how their steps end. */
class PaceTest {
    private static final Instant BEGAN = Instant.ofEpochSecond(1_800_000_000);
    private static final Duration MIN = Duration.ofMillis(20);

    private final Steps steps = new Steps();
    private Instant now = BEGAN;
    private final Pace pace = new Pace(steps, () -> now, 20, MIN);

    @AfterEach
    void close() {
        pace.close();
        steps.shutdownNow();
    }

    /** Keeps the last step that was asked for. */
    private static final class Steps extends ScheduledThreadPoolExecutor {
        private Runnable last = () -> {};

        Steps() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable step, long delay, TimeUnit unit) {
            last = step;
            return super.schedule(() -> {}, delay, unit);
        }
    }

    private Duration restOf(Duration step) {
        now = BEGAN.plus(step);
        return pace.restAfter(BEGAN);
    }

    @Test
    void aRestIsInProportionToTheStep() {
        assertThat(restOf(Duration.ofMillis(5))).isEqualTo(Duration.ofMillis(100));
        assertThat(restOf(Duration.ofNanos(5))).isEqualTo(MIN);
    }

    @Test
    void aClockThatIsSetMeanwhileMakesNoLoopRestForLong() {
        assertThat(restOf(Duration.ofHours(8))).isEqualTo(Duration.ofMinutes(1));
        assertThat(restOf(Duration.ofDays(400_000_000))).isEqualTo(Duration.ofMinutes(1));
        assertThat(restOf(Duration.ofHours(-8))).isEqualTo(MIN);
    }

    @Test
    void anErrorEndsTheStepAsOne() {
        pace.after(Duration.ZERO, () -> {
            throw new NoSuchMethodError("the test broke it");
        });
        assertThatExceptionOfType(NoSuchMethodError.class).isThrownBy(() -> steps.last.run());
    }
}
