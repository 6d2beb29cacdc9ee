package dev.proreus.workspace.read;

import java.util.concurrent.atomic.LongAdder;

/** What reads of history cost, counted since the start. Thread-safe. */
public final class ReadCounts {
    private final LongAdder seeks = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder bodies = new LongAdder();

    ReadCounts() {}

    void seek() {
        seeks.increment();
    }

    void row() {
        rows.increment();
    }

    void body() {
        bodies.increment();
    }

    /** Returns how often a cursor was moved somewhere. */
    public long seeks() {
        return seeks.sum();
    }

    /** Returns how many rows of {@code log}, {@code seq} and {@code ver} were read in passing. */
    public long rows() {
        return rows.sum();
    }

    /** Returns how many bodies were looked up one by one. */
    public long bodies() {
        return bodies.sum();
    }
}
