package dev.proreus.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void whatOneScenarioPrintsAnotherReads() {
        String json = new Figures()
                .put("writes", 100_000)
                .put("cpuMicros", 12.345678, 3)
                .put("ok", false)
                .put("failure", "a \"watch\" ended")
                .json();

        assertThat(Figures.parse(json))
                .containsEntry("writes", "100000")
                .containsEntry("cpuMicros", "12.346")
                .containsEntry("ok", "false")
                .containsEntry("failure", "a \\\"watch\\\" ended");
    }

    @Test
    void aSpreadHasItsMiddle() {
        assertThat(new Spread(3, 1, 2).median()).isEqualTo(2);
        assertThat(new Spread(4, 1, 2, 3).median()).isEqualTo(2.5);
        assertThat(new Spread(3, 1, 2).text("%.1f")).isEqualTo("2.0 (1.0 to 3.0)");
        assertThatThrownBy(Spread::new).isInstanceOf(IllegalArgumentException.class);
    }
}
