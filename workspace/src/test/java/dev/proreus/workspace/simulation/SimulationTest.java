package dev.proreus.workspace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.guarantees.Violation;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Hundreds of random lives of an engine. */
class SimulationTest {
    private static final int SEEDS = Boolean.getBoolean("proreus.long") ? 10_000 : 500;

    @Test
    void guaranteesHoldInRandomLives() {
        long events = 0;
        long operations = 0;
        long lives = 0;
        long begun = System.nanoTime();
        for (long seed = 0; seed < SEEDS; seed++) {
            Finding finding = Simulation.run(Plan.of(seed), Defect.NONE);
            if (!finding.holds()) {
                throw new AssertionError("seed " + seed + "\n"
                        + finding.violations().stream().map(Violation::toString).collect(Collectors.joining("\n"))
                        + "\n" + String.join("\n", finding.trace()));
            }
            events += finding.events();
            operations += finding.operations();
            lives += finding.lives();
        }
        System.out.println("simulated: seeds 0 to " + (SEEDS - 1) + ", " + lives + " lives, " + operations
                + " operations, " + events + " events, " + (System.nanoTime() - begun) / 1_000_000 + " ms");
    }

    @Test
    void oneSeedGivesOneTrace() {
        for (long seed = 0; seed < 20; seed++) {
            Finding first = Simulation.run(Plan.of(seed), Defect.NONE);
            Finding second = Simulation.run(Plan.of(seed), Defect.NONE);
            assertThat(second.trace()).isEqualTo(first.trace());
            assertThat(second.digest()).isEqualTo(first.digest());
        }
    }
}
