package dev.proreus.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Value;
import dev.proreus.cli.failure.FailedException;
import dev.proreus.cli.form.JsonText;
import dev.proreus.cli.form.MessageTree;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {
    private static final String ROBOT = """
            # a robot
            apiVersion: fleet.example.com/v1
            kind: Robot
            metadata:
              name: robot-7
              labels: {tier: gold}
            spec:
              agent: fleet
              target: 42
              ratio: 0.5
              tags: [a, 'b', null, true]
            """;

    @Test
    void readsAnObject() {
        Object robot = only(ROBOT).object();

        assertThat(robot.getApiVersion()).isEqualTo("fleet.example.com/v1");
        assertThat(robot.getKind()).isEqualTo("Robot");
        assertThat(robot.getMetadata().getName()).isEqualTo("robot-7");
        assertThat(robot.getMetadata().getLabelsMap()).isEqualTo(Map.of("tier", "gold"));
        assertThat(robot.getSpec().getFieldsOrThrow("target").getNumberValue()).isEqualTo(42.0);
        assertThat(robot.getSpec().getFieldsOrThrow("ratio").getNumberValue()).isEqualTo(0.5);
        assertThat(robot.getSpec().getFieldsOrThrow("tags").getListValue().getValuesList())
                .extracting(Value::getKindCase)
                .containsExactly(
                        Value.KindCase.STRING_VALUE,
                        Value.KindCase.STRING_VALUE,
                        Value.KindCase.NULL_VALUE,
                        Value.KindCase.BOOL_VALUE);
    }

    @Test
    void readsJsonIndentedByTabs() {
        String json = "{\n\t\"apiVersion\": \"g.example/v1\",\n\t\"kind\": \"Robot\",\n"
                + "\t\"metadata\": {\"name\": \"a\"},\n\t\"spec\": {\"x\": \"a\\/b \\ud83d\\ude00\", \"n\": 1e3}\n}";

        Object robot = only(json).object();

        assertThat(robot.getSpec().getFieldsOrThrow("x").getStringValue()).isEqualTo("a/b \uD83D\uDE00");
        assertThat(robot.getSpec().getFieldsOrThrow("n").getNumberValue()).isEqualTo(1000.0);
    }

    /** By the descriptor, as what is printed: a field that the protocol gains is one that a manifest can have. */
    @Test
    void readsEveryFieldOfMetadata() {
        ObjectMeta.Builder metadata = ObjectMeta.newBuilder();
        fill(metadata);
        Object all = Object.newBuilder()
                .setApiVersion("g.example/v1")
                .setKind("Robot")
                .setMetadata(metadata)
                .build();
        Manifest manifest = only(JsonText.pretty(MessageTree.of(all)));

        assertThat(manifest.object()).isEqualTo(all);
        assertThat(ObjectMeta.getDescriptor().getFields())
                .extracting(field -> manifest.place("metadata." + field.getJsonName()))
                .doesNotContain(manifest.place("metadata"))
                .doesNotHaveDuplicates();
        assertThat(manifest.place("metadata.labels.text")).isNotEqualTo(manifest.place("metadata.labels"));
    }

    private static void fill(Message.Builder message) {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            java.lang.Object value = switch (field.getJavaType()) {
                case STRING -> "text";
                case LONG -> 7L;
                case INT -> 7;
                case BOOLEAN -> true;
                default -> {
                    Message.Builder inner = message.newBuilderForField(field);
                    fill(inner);
                    yield inner.build();
                }
            };
            if (field.isRepeated()) {
                message.addRepeatedField(field, value);
            } else {
                message.setField(field, value);
            }
        }
    }

    @Test
    void aFieldOfMetadataThatIsNullIsNotGiven() {
        String nulls = "uid: null\n  generation: null\n  labels: null\n  finalizers: null\n  creationTimestamp: null";
        assertThat(only(ROBOT.replace("labels: {tier: gold}", nulls)).object().getMetadata())
                .isEqualTo(ObjectMeta.newBuilder().setName("robot-7").build());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "finalizers: [1]            | 1 is not a string, which is wanted here",
                "finalizers: one            | a list is wanted here",
                "uid: 5                     | 5 is not a string, which is wanted here",
                "uid: [5]                   | a string is wanted here",
                "generation: two            | a whole number is wanted here",
                "generation: -1             | a whole number is wanted here",
                "creationTimestamp: soon    | 'soon' is not a time such as 2026-11-23T01:46:00Z",
                "annotations: [a]           | metadata.annotations must be a mapping of keys to values",
                "annotations: {a: true}     | true is not a string, which is wanted here",
                "ownerReferences: [a]       | ownerReferences must be a mapping of keys to values",
                "ownerReferences: [{names: a}] | unknown key 'names' in an owner reference",
                "ownerReferences: [{uid: 1}] | 1 is not a string, which is wanted here",
                "ownerReferences: [{uid: null}] | null is not a string, which is wanted here",
                "ownerReferences: [{blockDeletion: 1}] | true or false is wanted here"
            })
    void refusesValuesThatAFieldOfMetadataCannotHave(String line, String refusal) {
        assertRefused(ROBOT.replace("labels: {tier: gold}", line), "f.yaml:6: " + refusal);
    }

    @Test
    void saysWhatMetadataHas() {
        assertRefused(
                ROBOT.replace("labels: {tier: gold}", "ownerReferences: [{names: a}]"),
                "an owner reference has type, name, uid, blockDeletion",
                "'name'");
        assertRefused(
                ROBOT.replace("labels:", "lables:"),
                "metadata has name, generateName, uid, resourceVersion, generation, labels, annotations,"
                        + " creationTimestamp, deletionTimestamp, finalizers, ownerReferences, namespace");
    }

    @Test
    void readsSeveralDocumentsAndSkipsEmptyOnes() {
        List<Manifest> manifests = ManifestReader.read("f.yaml", ROBOT + "---\n---\n# nothing\n---\n" + ROBOT);

        assertThat(manifests).extracting(manifest -> manifest.start().line()).containsExactly(2, 17);
    }

    @Test
    void knowsWhereValuesStand() {
        Manifest manifest = only(ROBOT);

        assertThat(manifest.place("spec.target")).contains(new Place("f.yaml", 9));
        assertThat(manifest.place("object.spec.tags[1]")).contains(new Place("f.yaml", 11));
        assertThat(manifest.place("spec.tags[9].deeper")).contains(new Place("f.yaml", 11));
        assertThat(manifest.place("status.nothing")).isEmpty();
    }

    @Test
    void packsAnInlineSchemaOfAResourceType() {
        String type = """
                apiVersion: proreus.dev/v1
                kind: ResourceType
                metadata: {name: robots.fleet.example.com}
                spec:
                  versions:
                    - name: v1
                      schema:
                        type: object
                        properties: {target: {type: integer, maximum: 99}}
                    - name: v2
                      schema: '{"type":"object"}'
                """;

        List<Value> versions = only(type)
                .object()
                .getSpec()
                .getFieldsOrThrow("versions")
                .getListValue()
                .getValuesList();

        assertThat(versions)
                .extracting(version ->
                        version.getStructValue().getFieldsOrThrow("schema").getStringValue())
                .containsExactly(
                        "{\"type\":\"object\",\"properties\":{\"target\":{\"type\":\"integer\",\"maximum\":99}}}",
                        "{\"type\":\"object\"}");
    }

    @Test
    void leavesASchemaOfAnotherKindAlone() {
        Object robot = only(ROBOT.replace("  agent: fleet", "  versions: [{schema: {a: 1}}]"))
                .object();

        assertThat(robot.getSpec()
                        .getFieldsOrThrow("versions")
                        .getListValue()
                        .getValues(0)
                        .getStructValue()
                        .getFieldsOrThrow("schema")
                        .hasStructValue())
                .isTrue();
    }

    @Test
    void namesTheLineOfAnUnknownKeyAndWhatWasMeant() {
        assertRefused(ROBOT.replace("spec:", "specs:"), "f.yaml:7: unknown key 'specs' in an object", "'spec'");
        assertRefused(ROBOT.replace("  labels", "  lables"), "f.yaml:6: unknown key 'lables' in metadata", "'labels'");
    }

    @Test
    void refusesAKeyGivenTwice() {
        assertRefused(
                ROBOT.replace("  ratio: 0.5", "  target: 43"),
                "f.yaml:10: key 'target' stands here for the second time; the first is in line 9");
    }

    @Test
    void refusesNumbersThatWouldBeRounded() {
        String quotes = "quotes around it, to keep it as a string: '9007199254740993'";
        assertRefused(ROBOT.replace("42", "9007199254740993"), "f.yaml:9: the whole number 9007199254740993", quotes);
        assertRefused(ROBOT.replace("42", "-9007199254740993"), "f.yaml:9");
        assertRefused(ROBOT.replace("42", "1e300"), "f.yaml:9: the whole number 1e300");
        assertThat(only(ROBOT.replace("42", "9007199254740992"))
                        .object()
                        .getSpec()
                        .getFieldsOrThrow("target")
                        .getNumberValue())
                .isEqualTo(9007199254740992.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {".nan", ".inf", "-.inf", "1e400"})
    void refusesNumbersThatAreNotFinite(String number) {
        assertRefused(ROBOT.replace("42", number), "f.yaml:9: " + number + " is not a finite number");
    }

    @Test
    void refusesStringsThatAreNotWantedOnes() {
        assertRefused(ROBOT.replace("tier: gold", "tier: 1"), "f.yaml:6: 1 is not a string", "quotes around it: '1'");
        assertRefused(ROBOT.replace("agent: fleet", "5: fleet"), "f.yaml:8: key 5 is not a string");
        assertRefused(ROBOT.replace("fleet\n", "\"\\ud800\"\n"), "f.yaml:8: the string holds half a surrogate pair");
    }

    @Test
    void refusesWhatIsNoObject() {
        assertRefused("- a\n", "f.yaml:1: a document must be an object");
        assertRefused("kind: Robot\nmetadata: {name: a}\n", "f.yaml:1: the object has no apiVersion");
        assertRefused("apiVersion: a/v1\nkind: A\nmetadata: {labels: {a: b}}\n", "f.yaml:3: metadata has no name");
        assertRefused(
                "apiVersion: a/v1\nkind: A\nmetadata: {name: a}\nspec: [1]\n", "f.yaml:4: spec must be a mapping");
    }

    @Test
    void refusesWhatIsNoYaml() {
        assertRefused(ROBOT + "\tx: 1\n", "f.yaml:12: not YAML or JSON: found character");
        assertRefused("{\"a\": [1,", "f.yaml:1: not YAML or JSON");
        assertRefused(ROBOT.replace("42", "!color red"), "f.yaml:9: tag !color is not known");
    }

    @Test
    void refusesWhatWouldFillTheMemory() {
        assertRefused("a: " + "[".repeat(50_000), "f.yaml:1: the document nests deeper than 100 levels");
        assertRefused(ROBOT.replace("42", "&loop [*loop]"), "f.yaml:9: the value nests deeper than 100 levels");
        StringBuilder laughs = new StringBuilder(ROBOT.replace("target: 42", "a0: &a0 [x, x]"));
        for (int i = 1; i < 24; i++) {
            laughs.append("  a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertRefused(laughs.toString(), "unfolds to more than 250000 values");
    }

    private static Manifest only(String text) {
        List<Manifest> manifests = ManifestReader.read("f.yaml", text);
        assertThat(manifests).hasSize(1);
        return manifests.get(0);
    }

    private static void assertRefused(String text, String... parts) {
        assertThatExceptionOfType(FailedException.class)
                .isThrownBy(() -> ManifestReader.read("f.yaml", text))
                .satisfies(
                        failed -> assertThat(String.join("\n", failed.lines())).contains(parts));
    }
}
