package dev.proreus.workspace.simulation;

import dev.proreus.guarantees.Violation;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Tells of a seed that failed: what broke, how to see it again, and the shortest trace of it that was found. */
final class Failure {
    /** Runs that are spent on a shorter trace: some ten seconds. */
    private static final int RUNS = 400;

    private Failure() {}

    static AssertionError of(Plan plan, Finding finding) {
        Plan shortest = shrunk(plan, finding, Defect.NONE);
        Finding again = Simulation.run(shortest, Defect.NONE);
        return new AssertionError("""
                seed %d broke %s
                %s
                see it again: mvn -pl workspace -am -Dtest=SimulationTest -Dproreus.seed=%d \
                -Dsurefire.failIfNoSpecifiedTests=false test
                %d of its %d steps are enough:
                  %s
                %s
                what happened then:
                  %s""".formatted(
                        plan.seed(),
                        finding.broken(),
                        told(finding),
                        plan.seed(),
                        shortest.tape().size(),
                        plan.tape().size(),
                        shortest.tape().stream().map(Step::toString).collect(Collectors.joining(", ")),
                        told(again),
                        String.join("\n  ", again.trace())));
    }

    /** Returns the shortest plan found that breaks one of the same guarantees. */
    static Plan shrunk(Plan plan, Finding finding, Defect defect) {
        Set<String> broken = new TreeSet<>(finding.broken());
        return Shrinker.shrink(
                plan,
                shorter -> !Collections.disjoint(
                        broken, Simulation.run(shorter, defect).broken()),
                RUNS);
    }

    private static String told(Finding finding) {
        return finding.violations().stream().map(Violation::toString).collect(Collectors.joining("\n"));
    }
}
