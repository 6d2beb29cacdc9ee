package dev.proreus.loadtest.deletion;

import dev.proreus.loadtest.report.Figures;
import dev.proreus.loadtest.report.Spread;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run.
 *
 * @param plan what was done
 * @param rounds what each round gave; empty where it failed before the first
 * @param failure what went wrong, or null
 */
record DeletionResult(
        DeletionPlan plan, List<Round> rounds, @Nullable String failure) {
    private static final double MIB = 1 << 20;

    DeletionResult {
        rounds = List.copyOf(rounds);
    }

    /**
     * One subtree, built and deleted.
     *
     * @param times how long what took
     * @param beforeP99Millis p99 of others' writes before the deletion
     * @param meanwhileP99Millis the same from the request on until all keys were deleted
     * @param full how much the data took before the deletion
     * @param settled how much they took in the end
     * @param settleSeconds when that was, from the answer on
     */
    record Round(
            Removal.Times times,
            double beforeP99Millis,
            double meanwhileP99Millis,
            Footprint full,
            Footprint settled,
            double settleSeconds) {
        double slower() {
            return meanwhileP99Millis / beforeP99Millis;
        }
    }

    boolean holds() {
        return failure == null
                && rounds.size() == plan.rounds()
                && spread(round -> round.times().toldSeconds()).max() <= DeletionPlan.TOLD_SECONDS
                && spread(round -> round.times().keysSeconds()).max() <= DeletionPlan.KEYS_SECONDS
                && spread(round -> round.settled().ratio()).max() <= DeletionPlan.FILES_RATIO
                && spread(Round::slower).median() <= DeletionPlan.SLOWER;
    }

    Figures figures() {
        Figures figures = new Figures()
                .put("workspaces", plan.workspaces())
                .put("objectsEach", plan.objects())
                .put("watchers", plan.watchers())
                .put("rounds", rounds.size());
        if (!rounds.isEmpty()) {
            add(figures, "answerSeconds", round -> round.times().answerSeconds());
            add(figures, "toldSeconds", round -> round.times().toldSeconds());
            add(figures, "keysDeletedSeconds", round -> round.times().keysSeconds());
            add(figures, "fullMiB", round -> round.full().bytes() / MIB);
            add(figures, "fullLiveMiB", round -> round.full().liveBytes() / MIB);
            add(figures, "settledMiB", round -> round.settled().bytes() / MIB);
            add(figures, "liveMiB", round -> round.settled().liveBytes() / MIB);
            add(figures, "filesRatio", round -> round.settled().ratio());
            add(figures, "settleSeconds", Round::settleSeconds);
            add(figures, "writeP99MillisBefore", Round::beforeP99Millis);
            add(figures, "writeP99MillisMeanwhile", Round::meanwhileP99Millis);
            add(figures, "writeP99Ratio", Round::slower);
        }
        figures.put("ok", holds());
        if (failure != null) {
            figures.put("failure", failure);
        }
        return figures;
    }

    private void add(Figures figures, String name, ToDoubleFunction<Round> figure) {
        Spread spread = spread(figure);
        figures.put(name + "Median", spread.median(), 3).put(name + "Max", spread.max(), 3);
    }

    private Spread spread(ToDoubleFunction<Round> figure) {
        return new Spread(rounds.stream().mapToDouble(figure).toArray());
    }
}
