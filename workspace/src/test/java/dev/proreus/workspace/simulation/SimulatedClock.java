package dev.proreus.workspace.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time as a simulation has it: it passes when told to, and the clock on the wall jumps as well. */
final class SimulatedClock implements InstantSource {
    private static final Instant START = Instant.ofEpochMilli(1_800_000_000_000L);

    private long nanos;
    private Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
        return START.plusNanos(nanos).plus(ahead);
    }

    /** Returns the time of a clock that never goes back. */
    long nanos() {
        return nanos;
    }

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    /** Puts the clock on the wall forward, or back where the duration is negative; never before it began. */
    void jump(Duration time) {
        Duration moved = ahead.plus(time);
        ahead = moved.isNegative() && moved.negated().compareTo(Duration.ofDays(1)) > 0 ? Duration.ZERO : moved;
    }
}
