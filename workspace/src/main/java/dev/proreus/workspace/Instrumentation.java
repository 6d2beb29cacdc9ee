package dev.proreus.workspace;

import io.opentelemetry.api.metrics.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a part is given to tell operators of itself. Numbers speak of the store as a whole, never of one workspace: what
 * a tenant does must not show in another's.
 *
 * <p>What is counted on hot paths is a {@link LongAdder} that the meter reads when it is asked; histograms are for what
 * happens once a batch, a read or a call.
 *
 * <p>The meter comes late: the libraries behind it take longer to load than all that a server needs to be back, so that
 * it serves first. Counters are complete all the same. Thread-safe.
 */
public final class Instrumentation {
    /** Bounds of durations, in seconds: from a fast disk's sync to what an operator would call an outage. */
    private static final List<Double> SECONDS = List.of(
            0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

    private static final double NANOS_PER_SECOND = 1e9;

    private final LongSupplier nanoTime;
    private final List<Consumer<Meter>> wanted = new ArrayList<>();
    private @Nullable Meter meter;

    /** Begins without a meter; {@code nanoTime} tells the time as {@link System#nanoTime()} does. */
    public Instrumentation(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns one that nobody looks at. */
    public static Instrumentation none() {
        return new Instrumentation(() -> 0);
    }

    /** Makes the instruments that are wanted so far; those wanted later are made at once. */
    public synchronized void attach(Meter made) {
        meter = made;
        wanted.forEach(want -> want.accept(made));
        wanted.clear();
    }

    /** Makes an instrument as soon as there is a meter. */
    public synchronized void want(Consumer<Meter> maker) {
        if (meter == null) {
            wanted.add(maker);
        } else {
            maker.accept(meter);
        }
    }

    /** Makes a counter: what only grows. */
    public LongAdder counter(String name, String unit, String description) {
        LongAdder count = new LongAdder();
        counter(name, unit, description, count::sum);
        return count;
    }

    /** Makes a counter of what is counted elsewhere. */
    public void counter(String name, String unit, String description, LongSupplier count) {
        want(of -> of.counterBuilder(name)
                .setUnit(unit)
                .setDescription(description)
                .buildWithCallback(measurement -> measurement.record(count.getAsLong())));
    }

    /** Makes a counter of refusals, by their reason. */
    public ReasonCounter counterByReason(String name, String unit, String description) {
        ReasonCounter counts = new ReasonCounter();
        want(of -> of.counterBuilder(name)
                .setUnit(unit)
                .setDescription(description)
                .buildWithCallback(counts::show));
        return counts;
    }

    /** Makes a level: what comes and goes and can be added up over servers. */
    public void level(String name, String unit, String description, LongSupplier level) {
        want(of -> of.upDownCounterBuilder(name)
                .setUnit(unit)
                .setDescription(description)
                .buildWithCallback(measurement -> measurement.record(level.getAsLong())));
    }

    /** Makes a gauge of seconds. */
    public void seconds(String name, String description, LongSupplier nanos) {
        want(of -> of.gaugeBuilder(name)
                .setUnit("s")
                .setDescription(description)
                .buildWithCallback(measurement -> measurement.record(nanos.getAsLong() / NANOS_PER_SECOND)));
    }

    /** Makes a histogram of durations, to be recorded in seconds. */
    public Histogram durations(String name, String description) {
        return histogram(name, "s", description, SECONDS);
    }

    /** Makes a histogram with bounds of its own. */
    public Histogram histogram(String name, String unit, String description, List<Double> bounds) {
        Histogram histogram = new Histogram();
        want(of -> histogram.attach(of.histogramBuilder(name)
                .setUnit(unit)
                .setDescription(description)
                .setExplicitBucketBoundariesAdvice(bounds)
                .build()));
        return histogram;
    }

    /** Returns the present, for {@link #secondsSince}. */
    public long now() {
        return nanoTime.getAsLong();
    }

    /** Returns the time since then. */
    public double secondsSince(long thenNanos) {
        return (now() - thenNanos) / NANOS_PER_SECOND;
    }
}
