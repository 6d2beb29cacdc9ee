package dev.proreus.workspace.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentMostQuietTest {
    @Test
    void whatIsAddedAfterALongRestIsShown() {
        AtomicLong nanos = new AtomicLong();
        RecentMost most = new RecentMost(nanos::get);
        most.add(7);
        nanos.addAndGet(Duration.ofMinutes(10).toNanos());
        most.add(3);
        assertThat(most.get()).isEqualTo(3);
    }
}
