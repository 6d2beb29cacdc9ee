package dev.proreus.workspace.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentMostTest {
    private final AtomicLong nanos = new AtomicLong();
    private final RecentMost most = new RecentMost(nanos::get);

    @Test
    void itShowsTheLargestForAMinuteAtLeastAndForTwoAtMost() {
        assertThat(most.get()).isZero();
        pass(59);
        most.add(7);
        most.add(3);
        assertThat(most.get()).isEqualTo(7);
        pass(60);
        assertThat(most.get()).isEqualTo(7);
        most.add(2);
        pass(1);
        assertThat(most.get()).isEqualTo(2);
        pass(600);
        assertThat(most.get()).isZero();
    }

    @Test
    void itShowsWhatIsAddedAfterALongRest() {
        most.add(7);
        pass(600);
        most.add(3);
        assertThat(most.get()).isEqualTo(3);
    }

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
