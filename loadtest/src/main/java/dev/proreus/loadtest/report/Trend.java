package dev.proreus.loadtest.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a figure stands and how it moves, by medians: the level is that of its samples, the slope that of all pairs of
 * samples (Theil and Sen), so that a few strays move neither.
 *
 * @param level the median of all samples
 * @param perHour the median slope
 */
public record Trend(double level, double perHour) {
    /**
     * A figure at a time.
     *
     * @param hours since some time, the same for all samples
     * @param value the figure
     */
    public record Sample(double hours, double value) {}

    /** Returns how samples move within their series: two of the same series make a pair. */
    public static Trend within(List<List<Sample>> series) {
        List<Double> slopes = new ArrayList<>();
        for (List<Sample> each : series) {
            for (int i = 0; i < each.size(); i++) {
                for (int j = i + 1; j < each.size(); j++) {
                    slopes.add(slope(each.get(i), each.get(j)));
                }
            }
        }
        return of(series, slopes);
    }

    /** Returns how samples move from series to series: two at the same place of different series make a pair. */
    public static Trend across(List<List<Sample>> series) {
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            for (int j = i + 1; j < series.size(); j++) {
                int both = Math.min(series.get(i).size(), series.get(j).size());
                for (int place = 0; place < both; place++) {
                    slopes.add(slope(series.get(i).get(place), series.get(j).get(place)));
                }
            }
        }
        return of(series, slopes);
    }

    private static Trend of(List<List<Sample>> series, List<Double> slopes) {
        return new Trend(
                median(series.stream().flatMap(List::stream).map(Sample::value).toList()), median(slopes));
    }

    private static double median(List<Double> values) {
        return new Spread(values.stream().mapToDouble(Double::doubleValue).toArray()).median();
    }

    private static double slope(Sample from, Sample to) {
        return (to.value() - from.value()) / (to.hours() - from.hours());
    }
}
