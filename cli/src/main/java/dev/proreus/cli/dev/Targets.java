package dev.proreus.cli.dev;

import java.util.random.RandomGenerator;

/**
 * Picks where a robot goes next, on a line from 0 to 99: far enough to be seen moving, near enough to be there within a
 * few seconds.
 */
final class Targets {
    private static final int LAST_PLACE = 99;
    private static final int STEPS_MIN = 5;
    private static final int STEPS_MAX = 15;

    private final RandomGenerator random;

    Targets(RandomGenerator random) {
        this.random = random;
    }

    /** Returns a place at least five steps away from {@code position}. */
    int from(int position) {
        int here = Math.max(0, Math.min(LAST_PLACE, position));
        int steps = random.nextInt(STEPS_MIN, STEPS_MAX + 1);
        boolean up = here < STEPS_MAX || (here <= LAST_PLACE - STEPS_MAX && random.nextBoolean());
        return up ? here + steps : here - steps;
    }
}
