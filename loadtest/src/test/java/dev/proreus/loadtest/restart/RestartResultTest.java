package dev.proreus.loadtest.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proreus.loadtest.restart.RestartResult.Start;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run holds only where the slowest start does, each kind by its own bound. */
class RestartResultTest {
    private static final RestartPlan PLAN = new RestartPlan(10, 1_024, 2, 3, 5);
    private static final Start QUICK = new Start(0, 1, 2);

    @Test
    void theSlowestStartOfEachKindDecides() {
        assertThat(result(new Start(0, 2.9, 3), new Start(0, 4.9, 5)).holds()).isTrue();
        assertThat(result(new Start(0, 1, 3.1), QUICK).holds()).isFalse();
        assertThat(result(new Start(0, 3.1, 3.1), QUICK).holds()).isFalse();
        assertThat(result(QUICK, new Start(0, 1, 5.1)).holds()).isFalse();
        assertThat(result(QUICK, new Start(0, 1, 4)).figures().line())
                .contains("killedCreateSecondsMax=4.0")
                .contains("stoppedGetSecondsMedian=1.0")
                .contains("ok=true");
    }

    @Test
    void aPlanOfNothingIsRefused() {
        assertThatThrownBy(() -> new RestartPlan(0, 1, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RestartPlan(1, 1, 1, Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static RestartResult result(Start stopped, Start killed) {
        return new RestartResult(PLAN, List.of(QUICK, stopped), List.of(killed, QUICK));
    }
}
