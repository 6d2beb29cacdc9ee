package dev.proreus.loadtest.peers;

import dev.proreus.loadtest.report.Figures;
import dev.proreus.loadtest.report.Spread;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What the rounds of a comparison gave: pairs of one round each, ours and theirs. */
final class PeersResult {
    private static final String ROW = "%-28s%-32s%-32s%s%n";

    private final String theirName;
    private final List<Pair> fanout;
    private final List<Pair> writes;

    PeersResult(String theirName, List<Pair> fanout, List<Pair> writes) {
        this.theirName = theirName;
        this.fanout = List.copyOf(fanout);
        this.writes = List.copyOf(writes);
    }

    /** One round of one load. */
    record Pair(Measured ours, Measured theirs) {}

    String text() {
        return String.format(Locale.ROOT, "%n" + ROW, "", "Proreus", theirName, "ratio of pairs")
                + String.format(
                        Locale.ROOT,
                        "fan-out, saturated: %,d streams on %d connections, %d writers%n",
                        PeersPlan.STREAMS,
                        PeersPlan.FANOUT_CONNECTIONS,
                        PeersPlan.WRITERS)
                + row("  server CPU, us an event", fanout, "%.3f", Measured::cpuMicros, true)
                + row("  events/s", fanout, "%,.0f", Measured::perSecond, false)
                + row("  share of the core", fanout, "%.2f", Measured::share, false)
                + row("  p50, ms", fanout, "%.1f", Measured::p50Millis, true)
                + row("  p99, ms", fanout, "%.1f", Measured::p99Millis, true)
                + String.format(
                        Locale.ROOT,
                        "durable writes: %d bytes, %,d clients on %d connections%n",
                        PeersPlan.VALUE_BYTES,
                        PeersPlan.CLIENTS,
                        PeersPlan.WRITE_CONNECTIONS)
                + row("  server CPU, us a write", writes, "%.2f", Measured::cpuMicros, true)
                + row("  writes/s", writes, "%,.0f", Measured::perSecond, false)
                + row("  share of the core", writes, "%.2f", Measured::share, false)
                + row("  p50, ms", writes, "%.1f", Measured::p50Millis, true)
                + row("  p99, ms", writes, "%.1f", Measured::p99Millis, true)
                + String.format(
                        "%d rounds in turn, medians with least and most. The ratio is ours to theirs, the better way"
                                + " round: above 1 is better.%n"
                                + "Server on one core, client on the other; both durable, one sync for each batch of"
                                + " writes. What differs: etcd's event carries%n"
                                + "a value of 4 bytes, ours an object of some 200; etcd's client is its own benchmark"
                                + " tool, ours is bench fanout and bench writes;%n"
                                + "ours are warm, etcd needs none. Where the server's share of its core is below 0.9,"
                                + " its client or the machine was the limit.%n",
                        fanout.size());
    }

    Figures figures() {
        Figures figures = new Figures().put("peer", theirName).put("rounds", fanout.size());
        add(figures, "fanout", fanout);
        add(figures, "writes", writes);
        return figures;
    }

    private static void add(Figures figures, String load, List<Pair> pairs) {
        spread(figures, load + "CpuMicros", pairs, Measured::cpuMicros);
        spread(figures, load + "PerSecond", pairs, Measured::perSecond);
        spread(figures, load + "Share", pairs, Measured::share);
        spread(figures, load + "P50Millis", pairs, Measured::p50Millis);
        spread(figures, load + "P99Millis", pairs, Measured::p99Millis);
        figures.put(load + "CpuRatio", ratios(pairs, Measured::cpuMicros, true).median(), 3)
                .put(
                        load + "RateRatio",
                        ratios(pairs, Measured::perSecond, false).median(),
                        3);
    }

    private static void spread(Figures figures, String name, List<Pair> pairs, ToDoubleFunction<Measured> figure) {
        one(figures, name + "Ours", ours(pairs, figure));
        one(figures, name + "Theirs", theirs(pairs, figure));
    }

    private static void one(Figures figures, String name, Spread spread) {
        if (!Double.isNaN(spread.median())) {
            figures.put(name + "Median", spread.median(), 4)
                    .put(name + "Min", spread.min(), 4)
                    .put(name + "Max", spread.max(), 4);
        }
    }

    private static String row(
            String name, List<Pair> pairs, String format, ToDoubleFunction<Measured> figure, boolean lessIsBetter) {
        Spread theirs = theirs(pairs, figure);
        boolean known = !Double.isNaN(theirs.median());
        return String.format(
                ROW,
                name,
                ours(pairs, figure).text(format),
                known ? theirs.text(format) : "its client does not tell",
                known ? ratios(pairs, figure, lessIsBetter).text("%.2f") : "");
    }

    private static Spread ours(List<Pair> pairs, ToDoubleFunction<Measured> figure) {
        return new Spread(pairs.stream()
                .mapToDouble(pair -> figure.applyAsDouble(pair.ours()))
                .toArray());
    }

    private static Spread theirs(List<Pair> pairs, ToDoubleFunction<Measured> figure) {
        return new Spread(pairs.stream()
                .mapToDouble(pair -> figure.applyAsDouble(pair.theirs()))
                .toArray());
    }

    private static Spread ratios(List<Pair> pairs, ToDoubleFunction<Measured> figure, boolean lessIsBetter) {
        return new Spread(pairs.stream()
                .mapToDouble(pair -> {
                    double ratio = figure.applyAsDouble(pair.ours()) / figure.applyAsDouble(pair.theirs());
                    return lessIsBetter ? 1 / ratio : ratio;
                })
                .toArray());
    }
}
