package dev.proreus.loadtest.soak;

import dev.proreus.loadtest.report.Figures;
import dev.proreus.loadtest.report.Trend;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What came of a run: the counts, and how each level moved within the server's lives and from life to life. */
final class SoakResult {
    /** What must have happened, or the run shows nothing. */
    private static final Set<Ledger.Entry> NEEDED =
            EnumSet.complementOf(EnumSet.of(Ledger.Entry.DIFFERENT, Ledger.Entry.FAULTS));

    private final SoakPlan plan;
    private final Ledger ledger;
    private final Map<Level, Movement> movements = new EnumMap<>(Level.class);

    /**
     * How a level moved.
     *
     * @param within the trend within lives
     * @param across the trend from life to life
     * @param hours the time from the first look to the last
     * @param mayGrow by how much it may grow in that time
     */
    record Movement(Trend within, Trend across, double hours, double mayGrow) {
        double growth() {
            return Math.max(within.perHour(), across.perHour()) * hours;
        }

        boolean isFlat() {
            return growth() <= mayGrow;
        }
    }

    SoakResult(SoakPlan plan, Ledger ledger, Looks looks) {
        this.plan = plan;
        this.ledger = ledger;
        for (Level level : Level.values()) {
            movements.put(level, movement(level, looks.of(level)));
        }
    }

    /** The server's first life shows what grows within one, all later ones what grows across; this side has but one. */
    static Movement movement(Level level, List<List<Trend.Sample>> lives) {
        List<Trend.Sample> all = lives.stream().flatMap(List::stream).toList();
        double hours = all.get(all.size() - 1).hours() - all.get(0).hours();
        boolean ofClients = Level.OF_CLIENTS.contains(level);
        Trend within = Trend.within(List.of(ofClients ? all : lives.get(0)));
        Trend across = ofClients ? within : Trend.across(lives.subList(1, lives.size()));
        return new Movement(within, across, hours, level.mayGrow(within.level()));
    }

    boolean holds() {
        return ledger.get(Ledger.Entry.FAULTS) == 0
                && NEEDED.stream().allMatch(entry -> ledger.get(entry) > 0)
                && movements.values().stream().allMatch(Movement::isFlat);
    }

    /** Returns the slopes with their bounds, for people, and the figures on the last line. */
    String text() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-18s %9s %13s %12s %10s %10s%n",
                "level",
                "median",
                "+/h in lives",
                "+/h across",
                "grew by",
                "may by"));
        movements.forEach((level, moved) -> text.append(String.format(
                Locale.ROOT,
                "%-18s %9.1f %13.1f %12.1f %10.2f %10.1f  %s: %s%n",
                level.label(),
                moved.within().level(),
                moved.within().perHour(),
                moved.across().perHour(),
                moved.growth(),
                moved.mayGrow(),
                moved.isFlat() ? "flat" : "GROWS",
                level.meaning())));
        return text.append("a level may grow by 5 % of its median in the time measured, or by what its kind swings by;"
                        + " slopes are medians of all pairs of looks\n")
                .append(figures().line())
                .toString();
    }

    Figures figures() {
        Figures figures = new Figures()
                .put("seconds", plan.length().toSeconds())
                .put("lives", plan.lives())
                .put("seed", plan.seed());
        for (Ledger.Entry entry : Ledger.Entry.values()) {
            figures.put(entry.label(), ledger.get(entry));
        }
        movements.forEach((level, moved) -> figures.put(
                        level.label(), moved.within().level(), 1)
                .put(level.label() + "PerHour", moved.within().perHour(), 1)
                .put(level.label() + "PerHourAcrossStarts", moved.across().perHour(), 1));
        return figures.put("ok", holds());
    }
}
