package dev.proreus.workspace.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written can be looked up, and stock messages hold the same. */
class StructViewTest {
    private static final ByteString SPEC = StructWriter.write(Map.of(
            "agent",
            "r1",
            "speed",
            1.5,
            "armed",
            true,
            "route",
            List.of("a", 2, false, Map.of("x", 1), List.of()),
            "limits",
            Map.of("max", Map.of("speed", 3))));

    @Test
    void valuesAreFoundByPath() {
        StructView spec = StructView.of(SPEC);
        assertThat(spec.find("agent").stringOr("")).isEqualTo("r1");
        assertThat(spec.find(List.of("agent")).stringOr("")).isEqualTo("r1");
        assertThat(spec.find("speed").numberOr(0)).isEqualTo(1.5);
        assertThat(spec.find("armed").boolOr(false)).isTrue();
        assertThat(spec.find(List.of("limits", "max", "speed")).numberOr(0)).isEqualTo(3);
        assertThat(spec.find("limits").struct().find("max").struct().content())
                .isEqualTo(StructWriter.write(Map.of("speed", 3)));
        assertThat(spec.find("route").elements())
                .extracting(ValueView::kind)
                .containsExactly(
                        ValueView.Kind.STRING,
                        ValueView.Kind.NUMBER,
                        ValueView.Kind.BOOL,
                        ValueView.Kind.STRUCT,
                        ValueView.Kind.LIST);
        assertThat(spec).extracting(Map.Entry::getKey).containsExactly("agent", "armed", "limits", "route", "speed");
    }

    @Test
    void whatIsNotThereIsAbsentAndWhatIsElseIsTheFallback() {
        StructView spec = StructView.of(SPEC);
        for (List<String> nowhere : List.of(
                List.of("zzz"), List.of(""), List.of("agent", "x"), List.of("limits", "min"), List.of("x", "y", "z"))) {
            assertThat(spec.find(nowhere)).isSameAs(ValueView.ABSENT);
        }
        assertThat(spec.find("speed").stringOr("none")).isEqualTo("none");
        assertThat(spec.find("agent").numberOr(-1)).isEqualTo(-1);
        assertThat(spec.find("agent").boolOr(true)).isTrue();
        assertThat(spec.find("agent").struct().isEmpty()).isTrue();
        assertThat(spec.find("agent").elements()).isEmpty();
        assertThat(ValueView.ABSENT.isPresent()).isFalse();
        assertThat(ValueView.ABSENT.stringOr("none")).isEqualTo("none");
        assertThat(StructView.EMPTY.find("agent").isPresent()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> spec.find(List.of()));
    }

    @Test
    void nullIsThere() {
        Map<String, java.lang.Object> tree = new HashMap<>();
        tree.put("nothing", null);
        ValueView nothing = StructView.of(StructWriter.write(tree)).find("nothing");
        assertThat(nothing.kind()).isEqualTo(ValueView.Kind.NULL);
        assertThat(nothing.isPresent()).isTrue();
    }

    @Test
    void bytesOfAnotherKindAreAnIllegalArgument() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StructView.of(Wire.text(2, "x")).find("x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ValueView.of(Wire.text(9, "x")).kind());
    }

    @Test
    void theWriterTakesKeysInAnyOrderAndTheLastValue() {
        StructWriter writer = new StructWriter();
        writer.put("b", 1)
                .put("\ud83e\udd16", true)
                .put("\uffff", "x")
                .put("a", List.of())
                .put("b", 2);
        writer.put("c", new StructWriter().put("d", "e")).put("f", ValueView.ABSENT);
        writer.put("g", StructView.of(SPEC).find("limits"));
        ByteString bytes = writer.toBytes();
        assertThat(Canonicalizer.spec(bytes)).isEqualTo(bytes);
        assertThat(StructView.of(bytes))
                .extracting(Map.Entry::getKey)
                .containsExactly("a", "b", "c", "g", "\uffff", "\ud83e\udd16");
        assertThat(StructView.of(bytes).find("b").numberOr(0)).isEqualTo(2);
    }

    @Test
    void theWriterRefusesWhatTheCanonicalFormRefuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StructWriter.write(Map.of("a", Double.NaN)))
                .withMessageContaining("spec.a");
        assertThatIllegalArgumentException().isThrownBy(() -> StructWriter.write(Map.of("a", (1L << 53) + 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> StructWriter.write(Map.of("a", Thread.currentThread())));
        Map<String, java.lang.Object> deep = Map.of();
        for (int i = 0; i < 24; i++) {
            deep = Map.of("a", deep);
        }
        Map<String, java.lang.Object> deepest = deep;
        assertThatIllegalArgumentException().isThrownBy(() -> StructWriter.write(deepest));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void treesAreWrittenAndReadAsStockMessages(long seed) {
        Random random = new Random(seed);
        RandomObjects objects = new RandomObjects(random);
        for (int i = 0; i < 200; i++) {
            Struct struct = objects.struct(4);
            List<Map.Entry<String, Value>> entries =
                    new ArrayList<>(struct.getFieldsMap().entrySet());
            Collections.shuffle(entries, random);
            Map<String, java.lang.Object> tree = new HashMap<>();
            entries.forEach(entry -> tree.put(entry.getKey(), tree(entry.getValue())));
            ByteString bytes = StructWriter.write(tree);
            assertThat(bytes).isEqualTo(struct.toByteString());
            assertThat(read(StructView.of(bytes))).isEqualTo(struct);
            for (Map.Entry<String, Value> entry : entries) {
                assertThat(StructView.of(bytes).find(entry.getKey()).encoded())
                        .isEqualTo(entry.getValue().toByteString());
            }
        }
    }

    private static java.lang.Object tree(Value value) {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> value.getStringValue();
            case NUMBER_VALUE -> value.getNumberValue();
            case BOOL_VALUE -> value.getBoolValue();
            case STRUCT_VALUE -> {
                Map<String, java.lang.Object> tree = new TreeMap<>();
                value.getStructValue().getFieldsMap().forEach((key, each) -> tree.put(key, tree(each)));
                yield tree;
            }
            case LIST_VALUE -> {
                List<java.lang.Object> list = new ArrayList<>();
                value.getListValue().getValuesList().forEach(each -> list.add(tree(each)));
                yield list;
            }
            default -> Arrays.asList((java.lang.Object) null).get(0);
        };
    }

    private static Struct read(StructView view) {
        Struct.Builder struct = Struct.newBuilder();
        view.forEach(entry -> struct.putFields(entry.getKey(), read(entry.getValue())));
        return struct.build();
    }

    private static Value read(ValueView view) {
        Value.Builder value = Value.newBuilder();
        switch (view.kind()) {
            case STRING -> value.setStringValue(view.stringOr("?"));
            case NUMBER -> value.setNumberValue(view.numberOr(-1));
            case BOOL -> value.setBoolValue(view.boolOr(false));
            case STRUCT -> value.setStructValue(read(view.struct()));
            case LIST -> {
                ListValue.Builder list = ListValue.newBuilder();
                view.elements().forEach(each -> list.addValues(read(each)));
                value.setListValue(list);
            }
            default -> value.setNullValueValue(0);
        }
        return value.build();
    }
}
