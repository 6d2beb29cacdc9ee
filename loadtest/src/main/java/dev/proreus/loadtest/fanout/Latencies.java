package dev.proreus.loadtest.fanout;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * From sending a write to its event, in nanoseconds, apart for the times in which the writes were due. For one thread;
 * the times are set before the first write.
 */
final class Latencies {
    private static final int DIGITS = 3;

    private final List<Histogram> histograms = new ArrayList<>();
    private final Times times;

    /** Makes empty ones. */
    Latencies(Times times) {
        this.times = times;
        for (int i = 0; i < times.count(); i++) {
            histograms.add(new Histogram(DIGITS));
        }
    }

    /** Which time a write belongs to. */
    interface Times {
        /** Returns how many times there are. */
        int count();

        /** Returns the time in which a write was due, or -1 where it counts for none. */
        int of(long sent);
    }

    /** The one time of a run that has no more. */
    static final Times ALWAYS = new Times() {
        @Override
        public int count() {
            return 1;
        }

        @Override
        public int of(long sent) {
            return 0;
        }
    };

    void record(long sent, long latency) {
        int time = times.of(sent);
        if (time >= 0) {
            histograms.get(time).recordValue(Math.max(0, latency));
        }
    }

    /** Returns those of the writes of one time. */
    Histogram in(int time) {
        return histograms.get(time);
    }

    /** Returns those of several in one. */
    static Histogram sum(List<Latencies> several, int time) {
        Histogram sum = new Histogram(DIGITS);
        several.forEach(each -> sum.add(each.in(time)));
        return sum;
    }
}
