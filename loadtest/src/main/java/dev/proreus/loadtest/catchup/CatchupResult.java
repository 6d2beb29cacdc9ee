package dev.proreus.loadtest.catchup;

import dev.proreus.loadtest.report.Figures;
import dev.proreus.loadtest.report.Spread;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run.
 *
 * @param plan what was done
 * @param pairs what each pair gave; empty where it failed before the first
 * @param failure what went wrong, or null
 */
record CatchupResult(
        CatchupPlan plan, List<Pair> pairs, @Nullable String failure) {
    CatchupResult {
        pairs = List.copyOf(pairs);
    }

    /**
     * One pair.
     *
     * @param aloneP99Millis p99 of writes without the watcher
     * @param togetherP99Millis the same while it catches up
     * @param catchUpSeconds how long it took to catch up
     */
    record Pair(double aloneP99Millis, double togetherP99Millis, double catchUpSeconds) {
        double ratio() {
            return togetherP99Millis / aloneP99Millis;
        }
    }

    boolean holds() {
        return failure == null
                && pairs.size() == plan.pairs()
                && spread(Pair::catchUpSeconds).max() <= plan.withinSeconds()
                && spread(Pair::ratio).median() <= plan.slower();
    }

    Figures figures() {
        Figures figures = new Figures()
                .put("behind", plan.behind())
                .put("ratePerSecond", plan.perSecond())
                .put("specBytes", plan.specBytes())
                .put("pairs", pairs.size());
        if (!pairs.isEmpty()) {
            add(figures, "catchUpSeconds", Pair::catchUpSeconds);
            add(figures, "writeP99MillisAlone", Pair::aloneP99Millis);
            add(figures, "writeP99MillisTogether", Pair::togetherP99Millis);
            add(figures, "writeP99Ratio", Pair::ratio);
        }
        figures.put("ok", holds());
        if (failure != null) {
            figures.put("failure", failure);
        }
        return figures;
    }

    private void add(Figures figures, String name, ToDoubleFunction<Pair> figure) {
        Spread spread = spread(figure);
        figures.put(name + "Median", spread.median(), 3)
                .put(name + "Min", spread.min(), 3)
                .put(name + "Max", spread.max(), 3);
    }

    private Spread spread(ToDoubleFunction<Pair> figure) {
        return new Spread(pairs.stream().mapToDouble(figure).toArray());
    }
}
