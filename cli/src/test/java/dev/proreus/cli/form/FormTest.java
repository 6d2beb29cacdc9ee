package dev.proreus.cli.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import org.junit.jupiter.api.Test;

class FormTest {
    private static final Object ROBOT = Object.newBuilder()
            .setApiVersion("fleet.example.com/v1")
            .setKind("Robot")
            .setMetadata(ObjectMeta.newBuilder()
                    .setName("robot-1")
                    .setResourceVersion(9_007_199_254_740_993L)
                    .setGeneration(3)
                    .putLabels("tier", "gold")
                    .setCreationTimestamp(Timestamp.newBuilder().setSeconds(1_700_000_000)))
            .setSpec(Struct.newBuilder()
                    .putFields("agent", text("fleet"))
                    .putFields("target", number(42))
                    .putFields("ratio", number(0.5))
                    .putFields("large", number(1e300))
                    .putFields("digits", text("0042"))
                    .putFields("yes", text("true"))
                    .putFields(
                            "none",
                            Value.newBuilder()
                                    .setNullValue(NullValue.NULL_VALUE)
                                    .build())
                    .putFields(
                            "list",
                            Value.newBuilder()
                                    .setListValue(ListValue.newBuilder()
                                            .addValues(number(1))
                                            .addValues(text("a: b")))
                                    .build()))
            .build();

    @Test
    void yamlIsWhatOneKeepsInGit() {
        assertThat(YamlText.of(MessageTree.of(ROBOT))).isEqualTo("""
                        apiVersion: fleet.example.com/v1
                        kind: Robot
                        metadata:
                          name: robot-1
                          resourceVersion: 9007199254740993
                          generation: 3
                          labels:
                            tier: gold
                          creationTimestamp: 2023-11-14T22:13:20Z
                        spec:
                          agent: fleet
                          target: 42
                          ratio: 0.5
                          large: 1.0E300
                          digits: '0042'
                          yes: 'true'
                          none: null
                          list:
                            - 1
                            - 'a: b'
                        """);
    }

    @Test
    void jsonShowsNumbersAsNumbers() {
        assertThat(JsonText.compact(MessageTree.of(ROBOT)))
                .isEqualTo(
                        "{\"apiVersion\":\"fleet.example.com/v1\",\"kind\":\"Robot\",\"metadata\":{\"name\":\"robot-1\","
                                + "\"resourceVersion\":9007199254740993,\"generation\":3,\"labels\":{\"tier\":\"gold\"},"
                                + "\"creationTimestamp\":\"2023-11-14T22:13:20Z\"},\"spec\":{\"agent\":\"fleet\",\"target\":42,"
                                + "\"ratio\":0.5,\"large\":1.0E300,\"digits\":\"0042\",\"yes\":\"true\",\"none\":null,"
                                + "\"list\":[1,\"a: b\"]}}");
    }

    @Test
    void aNegativeZeroStaysOne() {
        Struct struct = Struct.newBuilder().putFields("zero", number(-0.0)).build();

        assertThat(JsonText.compact(MessageTree.of(struct))).isEqualTo("{\"zero\":-0.0}");
    }

    @Test
    void schemasOfResourceTypesAreShownInline() {
        Object type = Object.newBuilder()
                .setApiVersion("proreus.dev/v1")
                .setKind("ResourceType")
                .setSpec(Struct.newBuilder().putFields("versions", versions("{\"type\":\"object\",\"maximum\":99}")))
                .build();

        assertThat(YamlText.of(SchemaText.unpacked(type)))
                .contains("versions:\n    - name: v1\n      schema:\n        type: object\n        maximum: 99\n");
        assertThat(YamlText.of(
                        SchemaText.unpacked(type.toBuilder().setKind("Other").build())))
                .contains("schema: '{\"type\":\"object\",\"maximum\":99}'");
    }

    @Test
    void aSchemaThatIsNoJsonIsShownAsItIs() {
        Object type = Object.newBuilder()
                .setApiVersion("proreus.dev/v1")
                .setKind("ResourceType")
                .setSpec(Struct.newBuilder().putFields("versions", versions("{not json")))
                .build();

        assertThat(YamlText.of(SchemaText.unpacked(type))).contains("schema: '{not json'");
    }

    private static Value versions(String schema) {
        return Value.newBuilder()
                .setListValue(ListValue.newBuilder()
                        .addValues(Value.newBuilder()
                                .setStructValue(Struct.newBuilder()
                                        .putFields("name", text("v1"))
                                        .putFields("schema", text(schema)))))
                .build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static Value number(double number) {
        return Value.newBuilder().setNumberValue(number).build();
    }
}
