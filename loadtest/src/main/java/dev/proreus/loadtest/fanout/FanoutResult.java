package dev.proreus.loadtest.fanout;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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
 * @param latencies from sending a write to its event, in nanoseconds
 * @param checks what was compared
 */
record FanoutResult(
        FanoutPlan plan, double seconds, long writes, long events, long bytes, Histogram latencies, Checks checks) {
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
    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("watchers", plan.watchers());
        figures.put("connections", plan.connections());
        figures.put("writers", plan.writers());
        figures.put("ratePerSecond", plan.writesPerSecond());
        figures.put("writes", writes);
        figures.put("events", events);
        figures.put("eventsExpected", plan.deliveries());
        figures.put("missing", checks.missing());
        figures.put("outOfOrder", checks.outOfOrder());
        figures.put("watchersWrong", checks.wrong());
        figures.put("seconds", round(seconds, 3));
        figures.put("eventsPerSecond", Math.round(events / seconds));
        figures.put("writesPerSecond", Math.round(writes / seconds));
        figures.put("bytes", bytes);
        figures.put("bytesPerEvent", events == 0 ? 0 : Math.round((double) bytes / events));
        figures.put("latencyP50Millis", millis(50));
        figures.put("latencyP99Millis", millis(99));
        figures.put("latencyMaxMillis", millis(100));
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
                events == 0 ? 0 : Math.round((double) bytes / events),
                millis(50),
                millis(99),
                millis(100));
        return checks.hold() ? text : text + fault();
    }

    /** Returns the figures as a JSON object. */
    String json() {
        StringBuilder json = new StringBuilder("{\n");
        figures()
                .forEach((name, value) -> json.append(json.length() == 2 ? "" : ",\n")
                        .append("  \"")
                        .append(name)
                        .append("\": ")
                        .append(value instanceof String text ? quoted(text) : value));
        return json.append("\n}\n").toString();
    }

    private String fault() {
        return String.format(
                Locale.ROOT,
                "FAULT       %,d watchers were told other revisions than were answered%s%n",
                checks.wrong(),
                checks.failure() == null ? "" : "; " + checks.failure());
    }

    private double millis(double percentile) {
        return round(latencies.getValueAtPercentile(percentile) / 1e6, 3);
    }

    private static double round(double value, int digits) {
        double factor = Math.pow(10, digits);
        return Math.round(value * factor) / factor;
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                default -> quoted.append(c < ' ' ? ' ' : c);
            }
        }
        return quoted.append('"').toString();
    }
}
