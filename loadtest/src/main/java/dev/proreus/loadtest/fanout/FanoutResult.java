package dev.proreus.loadtest.fanout;

import dev.proreus.loadtest.report.Figures;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run.
 *
 * @param plan what was done
 * @param seconds from the first write sent to the last event there
 * @param writes writes that were answered
 * @param events events that came, all watchers together
 * @param bytes bytes of the messages that brought them
 * @param messages those messages, of all watchers together
 * @param latencies from sending a write to its event, in nanoseconds
 * @param serverCpuMicros CPU that the server used meanwhile; 0 where it is not known
 * @param checks what was compared
 */
record FanoutResult(
        FanoutPlan plan,
        double seconds,
        long writes,
        long events,
        long bytes,
        long messages,
        Histogram latencies,
        long serverCpuMicros,
        Checks checks) {
    /**
     * What was compared.
     *
     * @param missing events that never came
     * @param outOfOrder events that came at or below a revision seen before
     * @param wrong watchers whose revisions are not those of the answered writes
     * @param failure why the run ended early; null where it did not
     */
    record Checks(
            long missing,
            long outOfOrder,
            long wrong,
            @Nullable String failure) {
        boolean hold() {
            return missing == 0 && outOfOrder == 0 && wrong == 0 && failure == null;
        }
    }

    /** Returns the figures by name, in the order in which they are shown. */
    Figures figures() {
        Figures figures = new Figures()
                .put("watchers", plan.watchers())
                .put("connections", plan.connections())
                .put("writers", plan.writers())
                .put("ratePerSecond", plan.writesPerSecond())
                .put("writes", writes)
                .put("events", events)
                .put("eventsExpected", plan.deliveries())
                .put("missing", checks.missing())
                .put("outOfOrder", checks.outOfOrder())
                .put("watchersWrong", checks.wrong())
                .put("seconds", seconds, 3)
                .put("eventsPerSecond", Math.round(events / seconds))
                .put("writesPerSecond", Math.round(writes / seconds))
                .put("bytes", bytes)
                .put("bytesPerEvent", perEvent(bytes), 0)
                .put("messages", messages)
                .put("latencyP50Millis", millis(50), 3)
                .put("latencyP99Millis", millis(99), 3)
                .put("latencyMaxMillis", millis(100), 3);
        if (serverCpuMicros > 0) {
            figures.put("serverCpuMicrosPerEvent", perEvent(serverCpuMicros), 4)
                    .put("serverCpuShare", serverCpuMicros / 1e6 / seconds, 3);
        }
        figures.put("ok", checks.hold());
        if (checks.failure() != null) {
            figures.put("failure", checks.failure());
        }
        return figures;
    }

    /** Returns what people read. */
    String text() {
        String text = String.format(
                Locale.ROOT,
                "%,d watchers on %,d connections, %,d writes by %,d writers%n"
                        + "events      %,d of %,d: %,d missing, %,d out of order%n"
                        + "throughput  %,d events/s, %,d writes/s, %.1f MB/s, %,d bytes an event%n"
                        + "latency     p50 %.2f ms, p99 %.2f ms, max %.2f ms, from write sent to event there%n",
                plan.watchers(),
                plan.connections(),
                writes,
                plan.writers(),
                events,
                plan.deliveries(),
                checks.missing(),
                checks.outOfOrder(),
                Math.round(events / seconds),
                Math.round(writes / seconds),
                bytes / seconds / 1e6,
                Math.round(perEvent(bytes)),
                millis(50),
                millis(99),
                millis(100));
        text += cpu();
        return checks.hold() ? text : text + fault();
    }

    /** Returns the figures as a JSON object. */
    String json() {
        return figures().json();
    }

    private String fault() {
        return String.format(
                Locale.ROOT,
                "FAULT       %,d watchers were told other revisions than were answered%s%n",
                checks.wrong(),
                checks.failure() == null ? "" : "; " + checks.failure());
    }

    private String cpu() {
        return serverCpuMicros == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "server      %.3f us of CPU an event, %.0f %% of a core; %.1f events a message%n",
                        perEvent(serverCpuMicros),
                        serverCpuMicros / 1e4 / seconds,
                        messages == 0 ? 0 : (double) events / messages);
    }

    private double perEvent(long total) {
        return events == 0 ? 0 : (double) total / events;
    }

    private double millis(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e6;
    }
}
