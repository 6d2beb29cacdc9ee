package dev.proreus.agent.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final long SEED = 20_261_123;

    @Test
    void delaysDoubleUpToTheCapAndAreSpreadOverAllOfIt() {
        Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofMinutes(5), new SplittableRandom(SEED));

        for (int failures : new int[] {0, 1, 2, 5, 10, 11, 40, 1_000_000, Integer.MAX_VALUE}) {
            double most = Math.min(300_000, 200 * Math.pow(2, Math.min(failures, 30)));
            double longest = 0;
            double shortest = Double.MAX_VALUE;
            for (int i = 0; i < 2_000; i++) {
                double millis = backoff.delay(failures).toNanos() / 1e6;
                longest = Math.max(longest, millis);
                shortest = Math.min(shortest, millis);
            }
            assertThat(longest).as("seed %s, failures %s", SEED, failures).isBetween(most * 0.95, most);
            assertThat(shortest).as("seed %s, failures %s", SEED, failures).isBetween(0.0, most * 0.05);
        }
    }

    @Test
    void noDelayIsLongerThanTheLongest() {
        Duration forEver = ChronoUnit.FOREVER.getDuration();
        Backoff backoff = new Backoff(Duration.ofMillis(1), forEver, new SplittableRandom(SEED));

        for (int failures = 0; failures < 100; failures++) {
            assertThat(backoff.delay(failures)).as("seed %s", SEED).isBetween(Duration.ZERO, Delays.LONGEST);
        }
        assertThat(backoff.spread(forEver)).isBetween(Duration.ofDays(300), Delays.LONGEST);
        assertThat(Delays.nanos(forEver)).isEqualTo(Delays.LONGEST.toNanos());
        assertThat(Delays.nanos(forEver.negated())).isZero();
    }

    @Test
    void aSpreadDelayIsWithinATenth() {
        Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), new SplittableRandom(SEED));

        for (int i = 0; i < 1_000; i++) {
            assertThat(backoff.spread(Duration.ofMinutes(10))).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11));
        }
        assertThat(backoff.spread(Duration.ZERO)).isZero();
    }
}
