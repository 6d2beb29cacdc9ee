package dev.proreus.loadtest.restart;

import dev.proreus.loadtest.report.Figures;
import dev.proreus.loadtest.report.Spread;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What came of a run.
 *
 * @param plan what was done
 * @param stopped the starts after a clean stop
 * @param killed the starts after a kill
 */
record RestartResult(RestartPlan plan, List<Start> stopped, List<Start> killed) {
    RestartResult {
        stopped = List.copyOf(stopped);
        killed = List.copyOf(killed);
    }

    /**
     * One start.
     *
     * @param logBytes of the write-ahead log that it found
     * @param getSeconds from the command to the answer of the first read
     * @param createSeconds from the command to the answer of the first durable write
     */
    record Start(long logBytes, double getSeconds, double createSeconds) {
        double seconds() {
            return Math.max(getSeconds, createSeconds);
        }
    }

    boolean holds() {
        return spread(stopped, Start::seconds).max() <= plan.withinSeconds()
                && spread(killed, Start::seconds).max() <= plan.withinSecondsKilled();
    }

    Figures figures() {
        Figures figures = new Figures()
                .put("objects", plan.objects())
                .put("specBytes", plan.specBytes())
                .put("times", plan.times());
        add(figures, "stopped", stopped);
        add(figures, "killed", killed);
        return figures.put("ok", holds());
    }

    private static void add(Figures figures, String how, List<Start> starts) {
        figures.put(
                how + "LogMiBMax",
                spread(starts, start -> start.logBytes() / 1048576.0).max(),
                1);
        add(figures, how + "GetSeconds", spread(starts, Start::getSeconds));
        add(figures, how + "CreateSeconds", spread(starts, Start::createSeconds));
    }

    private static void add(Figures figures, String name, Spread spread) {
        figures.put(name + "Median", spread.median(), 2).put(name + "Max", spread.max(), 2);
    }

    private static Spread spread(List<Start> starts, ToDoubleFunction<Start> figure) {
        return new Spread(starts.stream().mapToDouble(figure).toArray());
    }
}
