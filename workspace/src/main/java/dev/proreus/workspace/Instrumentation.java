package dev.proreus.workspace;

import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.MeterProvider;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * What a part is given to tell operators of itself. Numbers speak of the store as a whole, never of one workspace: what
 * a tenant does must not show in another's.
 *
 * <p>What is counted on hot paths is a {@link LongAdder} that the meter reads when it is asked; histograms are for what
 * happens once a batch, a read or a call.
 *
 * @param meter makes the instruments
 * @param nanoTime tells the time that durations are taken from, as {@link System#nanoTime()} does
 */
public record Instrumentation(Meter meter, LongSupplier nanoTime) {
    /** Bounds of durations, in seconds: from a fast disk's sync to what an operator would call an outage. */
    private static final List<Double> SECONDS = List.of(
            0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

    private static final double NANOS_PER_SECOND = 1e9;

    /** Returns one that measures nothing. */
    public static Instrumentation none() {
        return new Instrumentation(MeterProvider.noop().get("none"), () -> 0);
    }

    /** Makes a counter: what only grows. */
    public LongAdder counter(String name, String unit, String description) {
        LongAdder count = new LongAdder();
        counter(name, unit, description, count::sum);
        return count;
    }

    /** Makes a counter of what is counted elsewhere. */
    public void counter(String name, String unit, String description, LongSupplier count) {
        meter.counterBuilder(name)
                .setUnit(unit)
                .setDescription(description)
                .buildWithCallback(measurement -> measurement.record(count.getAsLong()));
    }

    /** Makes a level: what comes and goes and can be added up over servers. */
    public void level(String name, String unit, String description, LongSupplier level) {
        meter.upDownCounterBuilder(name)
                .setUnit(unit)
                .setDescription(description)
                .buildWithCallback(measurement -> measurement.record(level.getAsLong()));
    }

    /** Makes a gauge of seconds. */
    public void seconds(String name, String description, LongSupplier nanos) {
        meter.gaugeBuilder(name)
                .setUnit("s")
                .setDescription(description)
                .buildWithCallback(measurement -> measurement.record(nanos.getAsLong() / NANOS_PER_SECOND));
    }

    /** Makes a histogram of durations, to be recorded in seconds. */
    public DoubleHistogram durations(String name, String description) {
        return meter.histogramBuilder(name)
                .setUnit("s")
                .setDescription(description)
                .setExplicitBucketBoundariesAdvice(SECONDS)
                .build();
    }

    /** Makes a histogram of whole numbers. */
    public LongHistogram sizes(String name, String unit, String description, List<Long> bounds) {
        return meter.histogramBuilder(name)
                .ofLongs()
                .setUnit(unit)
                .setDescription(description)
                .setExplicitBucketBoundariesAdvice(bounds)
                .build();
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
