package dev.proreus.loadtest.fanout;

import java.time.Duration;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** What all watchers saw together. Confined to one thread. */
final class Totals {
    private final Histogram latencyMicros = new Histogram(Watcher.LATENCY_MAX_MICROS, 3);
    private final FanoutPlan plan;
    private final Duration taken;
    private long received;
    private long missing;
    private long outOfOrder;
    private long bytes;

    Totals(FanoutPlan plan, Duration taken) {
        this.plan = plan;
        this.taken = taken;
    }

    void add(long moreReceived, long moreMissing, long moreOutOfOrder, long moreBytes, Histogram latencies) {
        received += moreReceived;
        missing += moreMissing;
        outOfOrder += moreOutOfOrder;
        bytes += moreBytes;
        latencyMicros.add(latencies);
    }

    /** Returns whether every watcher got every event, once and in order. */
    boolean complete() {
        return missing == 0 && outOfOrder == 0 && received == (long) plan.watchers() * plan.events();
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "fanout: %d watchers on %d connections, %d writes in %.2f s (%.0f writes/s)%n"
                        + "delivered %d events (%.0f events/s, %.1f MiB): %d missing, %d out of order%n"
                        + "latency from the write's sending to the event's arrival: p50 %.2f ms, p99 %.2f ms, max %.2f ms%n",
                plan.watchers(),
                plan.connections(),
                plan.events(),
                seconds(),
                plan.events() / seconds(),
                received,
                received / seconds(),
                bytes / 1048576.0,
                missing,
                outOfOrder,
                millis(50),
                millis(99),
                latencyMicros.getMaxValue() / 1e3);
    }

    String json() {
        return String.format(
                Locale.ROOT,
                "{\"scenario\":\"fanout\",\"watchers\":%d,\"connections\":%d,\"writes\":%d,\"seconds\":%.3f,"
                        + "\"events\":%d,\"eventsPerSecond\":%.1f,\"bytes\":%d,\"missing\":%d,\"outOfOrder\":%d,"
                        + "\"latencyMillis\":{\"p50\":%.3f,\"p99\":%.3f,\"max\":%.3f}}%n",
                plan.watchers(),
                plan.connections(),
                plan.events(),
                seconds(),
                received,
                received / seconds(),
                bytes,
                missing,
                outOfOrder,
                millis(50),
                millis(99),
                latencyMicros.getMaxValue() / 1e3);
    }

    private double millis(double percentile) {
        return latencyMicros.getValueAtPercentile(percentile) / 1e3;
    }

    private double seconds() {
        return Math.max(1e-9, taken.toNanos() / 1e9);
    }
}
