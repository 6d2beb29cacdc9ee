package dev.proreus.workspace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.MeterProvider;

/** A histogram that drops what is recorded before there is a meter. Thread-safe. */
public final class Histogram {
    private static final DoubleHistogram NOBODY_LOOKS =
            MeterProvider.noop().get("none").histogramBuilder("none").build();

    private volatile DoubleHistogram instrument = NOBODY_LOOKS;

    Histogram() {}

    void attach(DoubleHistogram made) {
        instrument = made;
    }

    /** Records a value. */
    public void record(double value) {
        instrument.record(value);
    }

    /** Records a whole number, of which the buckets do not need the last digits. */
    public void record(long value) {
        instrument.record((double) value);
    }

    /** Records a value with attributes, which are made once and not for each value. */
    public void record(double value, Attributes attributes) {
        instrument.record(value, attributes);
    }
}
