package dev.proreus.loadtest.writes;

import dev.proreus.loadtest.report.Figures;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run.
 *
 * @param plan what was done
 * @param seconds from the first write sent to the last answer
 * @param answered writes that were answered
 * @param revisions revisions that the workspace went on meanwhile, as the server says
 * @param latencies from sending a write to its answer, in nanoseconds
 * @param serverCpuMicros CPU that the server used meanwhile; 0 where it is not known
 * @param failure why the run ended early; null where it did not
 */
record WritesResult(
        WritesPlan plan,
        double seconds,
        long answered,
        long revisions,
        Histogram latencies,
        long serverCpuMicros,
        @Nullable String failure) {
    boolean holds() {
        return failure == null && answered == plan.total() && revisions == plan.total();
    }

    Figures figures() {
        Figures figures = new Figures()
                .put("clients", plan.clients())
                .put("connections", plan.connections())
                .put("specBytes", plan.specBytes())
                .put("writes", answered)
                .put("writesExpected", plan.total())
                .put("revisions", revisions)
                .put("seconds", seconds, 3)
                .put("writesPerSecond", Math.round(answered / seconds))
                .put("latencyP50Millis", millis(50), 3)
                .put("latencyP99Millis", millis(99), 3)
                .put("latencyMaxMillis", millis(100), 3);
        if (serverCpuMicros > 0) {
            figures.put("serverCpuMicrosPerWrite", (double) serverCpuMicros / Math.max(1, answered), 3)
                    .put("serverCpuShare", serverCpuMicros / 1e6 / seconds, 3);
        }
        figures.put("ok", holds());
        if (failure != null) {
            figures.put("failure", failure);
        }
        return figures;
    }

    String text() {
        String text = String.format(
                Locale.ROOT,
                "%,d clients on %,d connections, %,d writes of %,d bytes, %,d revisions%n"
                        + "throughput  %,d writes/s%n"
                        + "latency     p50 %.2f ms, p99 %.2f ms, max %.2f ms%n",
                plan.clients(),
                plan.connections(),
                answered,
                plan.specBytes(),
                revisions,
                Math.round(answered / seconds),
                millis(50),
                millis(99),
                millis(100));
        if (serverCpuMicros > 0) {
            text += String.format(
                    Locale.ROOT,
                    "server      %.2f us of CPU a write, %.0f %% of a core%n",
                    (double) serverCpuMicros / Math.max(1, answered),
                    serverCpuMicros / 1e4 / seconds);
        }
        return holds()
                ? text
                : text
                        + String.format(
                                Locale.ROOT,
                                "FAULT       %,d of %,d writes were answered and took %,d revisions%s%n",
                                answered,
                                plan.total(),
                                revisions,
                                failure == null ? "" : "; " + failure);
    }

    private double millis(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e6;
    }
}
