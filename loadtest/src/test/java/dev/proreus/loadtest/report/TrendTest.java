package dev.proreus.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.loadtest.report.Trend.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendTest {
    @Test
    void aStrayMovesNeitherLevelNorSlope() {
        List<Sample> rising =
                List.of(new Sample(0, 10), new Sample(1, 12), new Sample(2, 500), new Sample(3, 16), new Sample(4, 18));

        assertThat(Trend.within(List.of(rising))).isEqualTo(new Trend(16, 2));
    }

    @Test
    void whatEachSeriesDoesIsTheSlopeWithinAndWhereTheyStandTheSlopeAcross() {
        List<Sample> first = List.of(new Sample(0, 10), new Sample(1, 13));
        List<Sample> second = List.of(new Sample(10, 30), new Sample(11, 33));

        assertThat(Trend.within(List.of(first, second)).perHour()).isEqualTo(3);
        assertThat(Trend.across(List.of(first, second)).perHour()).isEqualTo(2);
    }
}
