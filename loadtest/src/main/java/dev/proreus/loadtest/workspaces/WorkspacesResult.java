package dev.proreus.loadtest.workspaces;

import dev.proreus.loadtest.report.Figures;
import dev.proreus.loadtest.report.Spread;
import java.util.List;

/**
 * What came of a run.
 *
 * @param plan what was done
 * @param makeSeconds how long it took to make those that are measured
 * @param heapBytes by which the live objects of the server's heap grew meanwhile
 * @param startSeconds of each start, from the command to both first answers
 */
record WorkspacesResult(WorkspacesPlan plan, double makeSeconds, long heapBytes, List<Double> startSeconds) {
    WorkspacesResult {
        startSeconds = List.copyOf(startSeconds);
    }

    boolean holds() {
        return heapBytesEach() <= plan.heapBytes()
                && perSecond() >= plan.perSecond()
                && starts().max() <= plan.withinSeconds();
    }

    double heapBytesEach() {
        return (double) heapBytes / plan.measured();
    }

    double perSecond() {
        return plan.measured() / makeSeconds;
    }

    private Spread starts() {
        return new Spread(startSeconds.stream().mapToDouble(Double::doubleValue).toArray());
    }

    Figures figures() {
        return new Figures()
                .put("workspaces", plan.count())
                .put("clients", plan.clients())
                .put("workspacesPerSecond", perSecond(), 0)
                .put("heapBytesPerWorkspace", heapBytesEach(), 0)
                .put("starts", startSeconds.size())
                .put("startSecondsMedian", starts().median(), 2)
                .put("startSecondsMax", starts().max(), 2)
                .put("ok", holds());
    }
}
