package dev.proreus.workspace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Hundreds of random lives of an engine, thousands in the long run. A failure names its seed, the command that shows it
 * again, and a shorter trace; {@code -Dproreus.seed=N} lives one seed alone.
 */
class SimulationTest {
    private static final int SEEDS = Boolean.getBoolean("proreus.long") ? 10_000 : 500;
    private static final int TWICE = 20;

    @Test
    void guaranteesHoldInRandomLives() {
        Long given = Long.getLong("proreus.seed");
        long lives = 0;
        long operations = 0;
        long events = 0;
        for (long seed : given == null ? LongStream.range(0, SEEDS).toArray() : new long[] {given}) {
            Plan plan = Plan.of(seed);
            Finding finding = Simulation.run(plan, Defect.NONE);
            if (!finding.holds()) {
                throw Failure.of(plan, finding);
            }
            lives += finding.lives();
            operations += finding.operations();
            events += finding.events();
        }
        System.out.println("simulated " + (given == null ? "seeds 0 to " + (SEEDS - 1) : "seed " + given) + ": " + lives
                + " lives of the engine, " + operations + " operations, " + events + " events");
    }

    @Test
    void oneSeedGivesOneTrace() {
        for (long seed = 0; seed < TWICE; seed++) {
            Finding first = Simulation.run(Plan.of(seed), Defect.NONE);
            Finding second = Simulation.run(Plan.of(seed), Defect.NONE);
            assertThat(second.trace()).as("seed %s", seed).isEqualTo(first.trace());
            assertThat(second.digest()).as("seed %s, the disk included", seed).isEqualTo(first.digest());
        }
    }
}
