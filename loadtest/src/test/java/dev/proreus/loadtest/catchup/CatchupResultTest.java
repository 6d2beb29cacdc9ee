package dev.proreus.loadtest.catchup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.loadtest.catchup.CatchupResult.Pair;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CatchupResultTest {
    private static final CatchupPlan PLAN = new CatchupPlan(1_000, 100, 1_024, 10, 0, 3, 1, 10, 1.5);

    @Test
    void theBoundsAreTheSlowestCatchUpAndTheMedianRatio() {
        Pair good = new Pair(2, 2.5, 9);
        Pair slowWrites = new Pair(2, 4, 9);
        Pair slowWatcher = new Pair(2, 2.5, 10.1);

        assertThat(holds(null, good, good, slowWrites)).isTrue();
        assertThat(holds(null, good, slowWrites, slowWrites)).isFalse();
        assertThat(holds(null, good, good, slowWatcher)).isFalse();
        assertThat(holds(null, good, good)).isFalse();
        assertThat(holds("a gap", good, good, good)).isFalse();
    }

    private static boolean holds(@Nullable String failure, Pair... pairs) {
        return new CatchupResult(PLAN, List.of(pairs), failure).holds();
    }
}
