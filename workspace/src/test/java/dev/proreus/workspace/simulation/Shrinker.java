package dev.proreus.workspace.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a plan that fails shorter: it leaves out what the failure does not need, large pieces first. */
final class Shrinker {
    private final Predicate<Plan> fails;
    private int runsLeft;

    private Shrinker(Predicate<Plan> fails, int runs) {
        this.fails = fails;
        this.runsLeft = runs;
    }

    /** Returns the shortest plan that was found in so many runs and still fails. */
    static Plan shrink(Plan failing, Predicate<Plan> fails, int runs) {
        return new Shrinker(fails, runs).shrink(failing);
    }

    private Plan shrink(Plan failing) {
        Plan shortest = failing;
        for (int piece = failing.tape().size() / 2; piece > 0; piece /= 2) {
            int from = 0;
            while (from < shortest.tape().size() && runsLeft > 0) {
                Plan shorter = without(shortest, from, Math.min(shortest.tape().size(), from + piece));
                runsLeft--;
                if (fails.test(shorter)) {
                    shortest = shorter;
                } else {
                    from += piece;
                }
            }
        }
        return shortest;
    }

    private static Plan without(Plan plan, int from, int to) {
        List<Step> rest = new ArrayList<>(plan.tape());
        rest.subList(from, to).clear();
        return plan.with(rest);
    }
}
