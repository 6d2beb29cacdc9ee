package dev.proreus.loadtest.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proreus.loadtest.process.ServerMemory;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LaggardsTest {
    private static final LaggardsPlan PLAN = new LaggardsPlan(200, 40, 2_000, 256, 40, 20, 30);
    private static final long MIB = 1 << 20;

    @Test
    void halfOfTheReadersStopOnConnectionsOfTheirOwn() {
        assertThat(IntStream.range(0, 200).filter(PLAN::stops).count()).isEqualTo(100);
        assertThat(IntStream.range(0, 200)
                        .filter(PLAN::stops)
                        .map(reader -> reader % 40)
                        .max())
                .hasValue(19);
        assertThat(IntStream.range(0, 200)
                        .filter(PLAN::wantsLatest)
                        .filter(PLAN::stops)
                        .count())
                .as("readers of newest states, all among those that stop")
                .isEqualTo(IntStream.range(0, 200).filter(PLAN::wantsLatest).count())
                .isEqualTo(40);
        assertThatThrownBy(() -> new LaggardsPlan(201, 40, 2_000, 256, 40, 20, 30))
                .hasMessageContaining("--readers");
    }

    @Test
    void eachBoundCanFail() {
        assertThat(holds(10, 20, 76 * MIB, 0)).isTrue();
        assertThat(holds(10, 20.1, 76 * MIB, 0)).isFalse();
        assertThat(holds(10, 20, 77 * MIB, 0)).isFalse();
        assertThat(holds(10, 20, 76 * MIB, 1)).isFalse();
        assertThat(holds(1_001, 1_001, 0, 0)).isFalse();
    }

    private static boolean holds(double before, double stopped, long grown, long missing) {
        FanoutResult whole = new FanoutResult(
                PLAN.fanout(), 1, 1, 1, 1, 1, new Histogram(3), 0, new FanoutResult.Checks(missing, 0, 0, null));
        return new LaggardsResult(
                        PLAN,
                        whole,
                        before,
                        stopped,
                        new ServerMemory(10 * MIB, MIB),
                        new ServerMemory(10 * MIB + grown - MIB / 2, MIB + MIB / 2))
                .holds();
    }
}
