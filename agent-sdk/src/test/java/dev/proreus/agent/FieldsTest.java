package dev.proreus.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FieldsTest {
    @Test
    void wholeNumbersAreWholeHoweverTheyCame() {
        Fields fields = Fields.of(Map.of("a", 7.0, "b", 7, "c", 7L, "d", 7.5));

        assertThat(fields.toString()).isEqualTo("{a=7, b=7, c=7, d=7.5}");
        assertThat(fields.integer("a")).isEqualTo(7);
        assertThat(fields.number("b")).isEqualTo(7.0);
        assertThat(fields.value("a")).isEqualTo(fields.value("c"));
        assertThatThrownBy(() -> fields.at("spec").integer("d"))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("spec.d is 7.5: it must be a whole number");
    }

    @Test
    void absentFieldsNeedAFallback() {
        Map<String, Object> map = new HashMap<>();
        map.put("none", null);
        Fields fields = Fields.of(map).at("status");

        assertThat(fields.string("none", "x")).isEqualTo("x");
        assertThat(fields.bool("other", true)).isTrue();
        assertThat(fields.has("none")).isFalse();
        assertThatThrownBy(() -> fields.string("none")).hasMessage("status.none is missing: it must be a string");
    }

    @Test
    void pathsReachNestedObjects() {
        Fields fields = Fields.of(Map.of(
                "dock", Map.of("place", Map.of("x", 3)), "stops", Arrays.asList(1, "two", Map.of("x", 3), null)));

        assertThat(fields.path("dock.place").integer("x")).isEqualTo(3);
        assertThat(fields.path("no.such").isEmpty()).isTrue();
        assertThatThrownBy(() -> fields.at("spec").path("dock.place").string("y"))
                .hasMessageStartingWith("spec.dock.place.y is missing");
        assertThatThrownBy(() -> fields.path("stops")).hasMessageStartingWith("stops is [1, two");
        List<Object> stops = fields.list("stops");
        assertThat(stops.get(0)).isEqualTo(1L);
        assertThat(((Fields) stops.get(2)).integer("x")).isEqualTo(3);
    }

    @Test
    void changesMakeACopy() {
        Fields before = Fields.of(Map.of("a", 1, "b", 2));

        Fields after = before.with("a", Map.of("x", 5)).without("b");

        assertThat(before).isEqualTo(Fields.of(Map.of("a", 1, "b", 2)));
        assertThat(after).isEqualTo(Fields.of(Map.of("a", Map.of("x", 5.0))));
        assertThatThrownBy(() -> after.asMap().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void whatTheWireCannotCarryIsRefused() {
        assertThatThrownBy(() -> Fields.of(Map.of("n", Double.NaN))).hasMessageContaining("must be finite");
        assertThatThrownBy(() -> Fields.of(Map.of("n", (1L << 53) + 1))).hasMessageContaining("as a string");
        assertThatThrownBy(() -> Fields.of(Map.of("n", new Object()))).hasMessageContaining("n is a java.lang.Object");
        assertThat(Fields.of(Map.of("n", 1L << 53)).integer("n")).isEqualTo(1L << 53);
    }
}
