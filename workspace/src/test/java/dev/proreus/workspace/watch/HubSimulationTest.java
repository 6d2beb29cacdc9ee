package dev.proreus.workspace.watch;

import org.junit.jupiter.api.Test;

/** Thousands of random lives of a hub. A failure names its seed, with which {@link #replay} shows it again. */
class HubSimulationTest {
    private static final int SEEDS =
            Boolean.getBoolean("proreus.long") ? 100_000 : Boolean.getBoolean("proreus.short") ? 50 : 1_000;

    @Test
    void guaranteesHoldInRandomLives() {
        long calls = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            calls += replay(seed);
        }
        System.out.println("random lives: seeds 0 to " + (SEEDS - 1) + ", " + calls + " calls of sinks");
    }

    private static long replay(long seed) {
        try {
            return new Simulation(seed).run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }
}
