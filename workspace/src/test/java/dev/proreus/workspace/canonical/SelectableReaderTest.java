package dev.proreus.workspace.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Selectable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectableReaderTest {
    @Test
    void labelsAndDeclaredFieldsAreRead() {
        ObjectSections object = object(
                Map.of("tier", "gold", "a.example/site", ""),
                Map.of(
                        "agent",
                        "fleet",
                        "dock",
                        Map.of("row", 7, "open", true, "slope", 0.5),
                        "list",
                        List.of("x"),
                        "zone",
                        "ä"),
                Map.of("phase", "Ready"));
        Selectable state = read(
                object,
                "spec.agent",
                "spec.dock",
                "spec.dock.open",
                "spec.dock.row",
                "spec.dock.slope",
                "spec.list",
                "spec.missing",
                "spec.agent.deeper",
                "spec.zone",
                "status.phase");
        assertThat(state.name()).isEqualTo("r");
        assertThat(state.label("tier")).isEqualTo("gold");
        assertThat(state.label("a.example/site")).isEmpty();
        assertThat(state.label("none")).isNull();
        assertThat(state.field("spec.agent")).isEqualTo("fleet");
        assertThat(state.field("spec.dock.row")).isEqualTo("7");
        assertThat(state.field("spec.dock.open")).isEqualTo("true");
        assertThat(state.field("spec.dock.slope")).isEqualTo("0.5");
        assertThat(state.field("spec.zone")).isEqualTo("ä");
        assertThat(state.field("status.phase")).isEqualTo("Ready");
        assertThat(state.field("metadata.name")).isEqualTo("r");
        for (String none : List.of("spec.dock", "spec.list", "spec.missing", "spec.agent.deeper", "spec.undeclared")) {
            assertThat(state.field(none)).as(none).isNull();
        }
    }

    @Test
    void whatHasNothingToSelectByIsCheap() {
        ObjectSections plain = object(Map.of(), Map.of("agent", "fleet"), Map.of());
        assertThat(read(plain)).isEqualTo(Selectable.named("r"));
        assertThat(read(plain, "spec.other")).isEqualTo(Selectable.named("r"));
        assertThat(read(ObjectSections.EMPTY, "spec.other")).isEqualTo(Selectable.named("r"));
    }

    @Test
    void nullIsNoValue() {
        ByteString spec = Wire.block(1, Wire.text(1, "agent"), Wire.block(2, Wire.number(1, 0)));
        ObjectSections object = ObjectSections.EMPTY.withSpec(spec);
        assertThat(read(object, "spec.agent").field("spec.agent")).isNull();
    }

    @Test
    void pathsLeadIntoSpecOrStatus() {
        assertThatIllegalArgumentException().isThrownBy(() -> ScalarPath.of("metadata.uid"));
        assertThatIllegalArgumentException().isThrownBy(() -> ScalarPath.of("spec"));
    }

    /** The texts are hashed into stored rows, so they never change. */
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "7, 7",
        "-7, -7",
        "9007199254740992, 9007199254740992",
        "0.1, 0.1",
        "-0.25, -0.25",
        "1e20, 100000000000000000000",
        "1e21, 1e+21",
        "1.5e300, 1.5e+300",
        "0.000001, 0.000001",
        "0.0000001, 1e-7",
        "2e-3, 0.002",
        "123456.789, 123456.789",
        "5e-324, 5e-324",
        "2.2250738585072014e-308, 2.2250738585072014e-308",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "2e23, 2e+23"
    })
    void numbersHaveOneText(double number, String text) {
        assertThat(NumberText.of(number)).isEqualTo(text);
    }

    @Test
    void aNumbersTextGivesTheNumberBack() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number)) {
                String text = NumberText.of(number);
                assertThat(new BigDecimal(text).doubleValue())
                        .as("seed %s: %s", seed, text)
                        .isEqualTo(number);
            }
        }
    }

    private static Selectable read(ObjectSections object, String... paths) {
        List<ScalarPath> sorted = Stream.of(paths).sorted().map(ScalarPath::of).toList();
        return SelectableReader.read("r", object.encode(), sorted);
    }

    private static ObjectSections object(Map<String, String> labels, Map<String, ?> spec, Map<String, ?> status) {
        return new ObjectSections(
                "fleet.example.com/v1",
                "Robot",
                MetaSections.EMPTY.withName("r").withUid("u").withGeneration(3).withLabels(labels),
                StructWriter.write(spec),
                status.isEmpty()
                        ? null
                        : new StatusSections(StructWriter.write(status), OptionalLong.empty(), List.of()));
    }
}
