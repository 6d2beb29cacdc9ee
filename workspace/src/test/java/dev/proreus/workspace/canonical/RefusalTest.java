package dev.proreus.workspace.canonical;

import static dev.proreus.workspace.canonical.Wire.block;
import static dev.proreus.workspace.canonical.Wire.bytes;
import static dev.proreus.workspace.canonical.Wire.entry;
import static dev.proreus.workspace.canonical.Wire.fixed64;
import static dev.proreus.workspace.canonical.Wire.join;
import static dev.proreus.workspace.canonical.Wire.list;
import static dev.proreus.workspace.canonical.Wire.metadata;
import static dev.proreus.workspace.canonical.Wire.number;
import static dev.proreus.workspace.canonical.Wire.spec;
import static dev.proreus.workspace.canonical.Wire.string;
import static dev.proreus.workspace.canonical.Wire.struct;
import static dev.proreus.workspace.canonical.Wire.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, and the place that the refusal names. */
class RefusalTest {
    private static final ByteString ONE = fixed64(2, 1);
    private static final ByteString NOT_UTF8 = bytes(0xed, 0xa0, 0x80);
    private static final String UID = "0190c5e0-7c6e-4a3b-9f0e-2b1d5c3a4e6f";

    static Stream<Arguments> ofObjects() {
        return Stream.of(
                refused("unknown field", number(9, 1), "object", "unknown field number 9"),
                refused("the field kept free", text(6, "x"), "object", "unknown field number 6"),
                refused("wrong wire type", number(4, 1), "object", "field number 4 with wire type 0"),
                refused("two kinds", join(text(2, "Robot"), text(2, "Robot")), "kind", "there twice"),
                refused("two metadata", join(metadata(), metadata()), "metadata", "there twice"),
                refused("two specs", join(spec(), spec()), "spec", "there twice"),
                refused("two statuses", join(block(5), block(5)), "status", "there twice"),
                refused("apiVersion of no version", text(1, "a/b/c"), "apiVersion", "group and a version"),
                refused("apiVersion not UTF-8", block(1, NOT_UTF8), "apiVersion", "not valid UTF-8"),
                refused("kind in lower case", text(2, "robot"), "kind", "camel-case"));
    }

    static Stream<Arguments> ofStructs() {
        return Stream.of(
                refused("duplicate key", spec(entry("a", ONE), entry("a", ONE)), "spec.a", "there twice"),
                refused(
                        "duplicate key apart",
                        spec(entry("a b", ONE), entry("B", ONE), entry("a b", ONE)),
                        "spec[\"a b\"]",
                        "there twice"),
                refused("two keys", spec(block(1, text(1, "a"), text(1, "a"), block(2, ONE))), "spec", "two keys"),
                refused("two values", spec(block(1, text(1, "a"), block(2, ONE), block(2, ONE))), "spec", "two values"),
                refused("no value", spec(block(1, text(1, "a"))), "spec.a", "has no value"),
                refused("value of no kind", spec(entry("a", ByteString.EMPTY)), "spec.a", "no kind"),
                refused("element of no kind", spec(entry("a", list(ONE, ByteString.EMPTY))), "spec.a[1]", "no kind"),
                refused("two kinds of value", spec(entry("a", join(ONE, string("x")))), "spec.a", "several kinds"),
                refused("one kind twice", spec(entry("a", join(ONE, ONE))), "spec.a", "several kinds"),
                refused("unknown field of a value", spec(entry("a", number(7, 1))), "spec.a", "unknown field number 7"),
                refused("unknown field after a value", spec(entry("a", join(ONE, number(7, 1)))), "spec.a", "number 7"),
                refused("wire type of a value", spec(entry("a", number(3, 1))), "spec.a", "wire type 0"),
                refused(
                        "unknown field of an entry",
                        spec(block(1, text(1, "a"), block(2, ONE), number(3, 1))),
                        "spec",
                        "an entry that has the unknown field number 3"),
                refused("unknown field of a struct", spec(entry("a", struct(number(2, 1)))), "spec.a", "number 2"),
                refused("unknown field of a list", spec(entry("a", block(6, number(2, 1)))), "spec.a", "number 2"),
                refused("null_value of 1", spec(entry("a", number(1, 1))), "spec.a", "null_value"),
                refused("key not UTF-8", spec(block(1, block(1, NOT_UTF8), block(2, ONE))), "spec", "key that is not"),
                refused("text not UTF-8", spec(entry("a", block(3, bytes(0xc0, 0x80)))), "spec.a", "not valid UTF-8"),
                refused("NaN", spec(entry("a", fixed64(2, Double.NaN))), "spec.a", "finite"),
                refused("infinity", spec(entry("a", fixed64(2, Double.NEGATIVE_INFINITY))), "spec.a", "finite"),
                refused("beyond 2^53", spec(entry("a", fixed64(2, Math.nextUp(0x1p53)))), "spec.a", "use a string"),
                refused("beyond -2^53", spec(entry("a", fixed64(2, -1e300))), "spec.a", "use a string"),
                refused(
                        "deep inside",
                        spec(entry("route", list(ONE, ONE, ONE, struct(entry("speed", number(1, 5)))))),
                        "spec.route[3].speed",
                        "null_value"),
                refused("key in quotes", spec(entry("a\"\n", number(1, 5))), "spec[\"a\\\"\\u000a\"]", "null_value"),
                refused(
                        "long key",
                        spec(entry("k".repeat(1_000), number(1, 5))),
                        "spec[\"" + "k".repeat(64) + "...\"]",
                        "null_value"));
    }

    static Stream<Arguments> ofMetadata() {
        ByteString owner = join(text(1, "sites.example.com"), text(2, "north"), text(3, UID));
        return Stream.of(
                refused("unknown field", metadata(number(99, 1)), "metadata", "unknown field number 99"),
                refused("wrong wire type", metadata(text(4, "1")), "metadata", "wire type 2"),
                refused("two names", metadata(text(1, "a"), text(1, "a")), "metadata.name", "there twice"),
                refused("two versions", metadata(number(4, 1), number(4, 1)), "metadata.resourceVersion", "twice"),
                refused("two creations", metadata(block(8), block(8)), "metadata.creationTimestamp", "twice"),
                refused("name", metadata(text(1, "Robot_1")), "metadata.name", "DNS-1123"),
                refused("name not UTF-8", metadata(block(1, NOT_UTF8)), "metadata.name", "not valid UTF-8"),
                refused("long name", metadata(text(1, "a".repeat(254))), "metadata.name", "254 characters"),
                refused("generateName", metadata(text(2, "-a")), "metadata.generateName", "DNS-1123"),
                refused("long generateName", metadata(text(2, "a".repeat(249))), "metadata.generateName", "254"),
                refused("uid", metadata(text(3, "robot")), "metadata.uid", "must be a UUID"),
                refused("resource version", metadata(number(4, -1)), "metadata.resourceVersion", "not be negative"),
                refused("generation", metadata(number(5, -1)), "metadata.generation", "not be negative"),
                refused("namespace", metadata(text(12, "default")), "metadata.namespace", "must be empty"),
                refused(
                        "seconds",
                        metadata(block(8, number(1, 253_402_300_800L))),
                        "metadata.creationTimestamp",
                        "range"),
                refused("nanos", metadata(block(9, number(2, 1_000_000_000))), "metadata.deletionTimestamp", "range"),
                refused("negative nanos", metadata(block(9, number(2, -1))), "metadata.deletionTimestamp", "range"),
                refused(
                        "two seconds",
                        metadata(block(8, number(1, 1), number(1, 1))),
                        "metadata.creationTimestamp",
                        "twice"),
                refused("field of a time", metadata(block(8, number(3, 1))), "metadata.creationTimestamp", "number 3"),
                refused(
                        "finalizer",
                        metadata(text(10, "example.com/agent"), text(10, "")),
                        "metadata.finalizers[1]",
                        "63"),
                refused(
                        "two finalizers",
                        metadata(text(10, "a"), text(10, "a")),
                        "metadata.finalizers[1]",
                        "there twice"),
                refused(
                        "many finalizers",
                        metadata(many(Limits.FINALIZERS + 2, i -> text(10, "f" + i))),
                        "metadata.finalizers",
                        "more than 32"),
                refused(
                        "owner's type",
                        metadata(block(11, text(2, "a"), text(3, UID))),
                        "metadata.ownerReferences[0].type",
                        "DNS"),
                refused(
                        "owner's name",
                        metadata(block(11, owner, text(2, "B"))),
                        "metadata.ownerReferences[0].name",
                        "twice"),
                refused(
                        "owner's uid",
                        metadata(block(11, text(1, "a.b"), text(2, "a"))),
                        "metadata.ownerReferences[0].uid",
                        "given"),
                refused(
                        "owner's field",
                        metadata(block(11, owner, number(5, 1))),
                        "metadata.ownerReferences[0]",
                        "number 5"),
                refused(
                        "many owners",
                        metadata(many(Limits.OWNER_REFERENCES + 1, i -> block(11, owner))),
                        "metadata.ownerReferences",
                        "more than 32"));
    }

    static Stream<Arguments> ofMaps() {
        return Stream.of(
                refused("label's key", metadata(label("a b", "x")), "metadata.labels[\"a b\"]", "the key must be"),
                refused("label without key", metadata(block(6, text(2, "x"))), "metadata.labels[\"\"]", "the key must"),
                refused("label's prefix", metadata(label("A/b", "x")), "metadata.labels[\"A/b\"]", "prefix"),
                refused(
                        "label's value",
                        metadata(label("a", "x y")),
                        "metadata.labels[\"a\"]",
                        "must be empty or at most"),
                refused(
                        "label's text",
                        metadata(block(6, text(1, "a"), block(2, NOT_UTF8))),
                        "metadata.labels[\"a\"]",
                        "UTF-8"),
                refused(
                        "label's key's text",
                        metadata(block(6, block(1, NOT_UTF8))),
                        "metadata.labels",
                        "key that is not"),
                refused(
                        "label twice",
                        metadata(label("b", ""), label("a", ""), label("b", "")),
                        "metadata.labels[\"b\"]",
                        "twice"),
                refused("two keys", metadata(block(6, text(1, "a"), text(1, "a"))), "metadata.labels", "two keys"),
                refused(
                        "two values",
                        metadata(block(6, text(1, "a"), text(2, "b"), text(2, "b"))),
                        "metadata.labels",
                        "two values"),
                refused(
                        "field of an entry",
                        metadata(block(6, text(1, "a"), number(3, 1))),
                        "metadata.labels",
                        "number 3"),
                refused(
                        "many labels",
                        metadata(many(Limits.MAP_ENTRIES + 9, i -> label("l" + i, ""))),
                        "metadata.labels",
                        "more than 256"),
                refused(
                        "annotation's key",
                        metadata(annotation("a b", "x")),
                        "metadata.annotations[\"a b\"]",
                        "the key must be"),
                refused(
                        "annotation twice",
                        metadata(annotation("a", "x"), annotation("a", "y")),
                        "metadata.annotations[\"a\"]",
                        "twice"),
                refused(
                        "annotation's text",
                        metadata(block(7, text(1, "a"), block(2, NOT_UTF8))),
                        "metadata.annotations[\"a\"]",
                        "UTF-8"),
                refused(
                        "many annotations",
                        metadata(many(Limits.MAP_ENTRIES + 1, i -> annotation("l" + i, ""))),
                        "metadata.annotations",
                        "more than 256"),
                refused(
                        "long annotations",
                        metadata(annotation("a", "x".repeat(Limits.ANNOTATION_BYTES))),
                        "metadata.annotations",
                        "262145 bytes"));
    }

    static Stream<Arguments> ofBytes() {
        return Stream.of(
                refused("cut tag", bytes(0x80), "object", "cut off at byte 0"),
                refused("field number 0", bytes(0x02, 0x00), "object", "no field tag"),
                refused("wire type 7", bytes(0x0f), "object", "no field tag"),
                refused("tag of 33 bits", bytes(0x8a, 0x80, 0x80, 0x80, 0x10), "object", "32 bits"),
                refused("length past the end", bytes(0x22, 0x05, 0x00), "object", "runs past the end at byte 1"),
                refused(
                        "length of 64 bits",
                        bytes(0x22, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01),
                        "object",
                        "runs past"),
                refused(
                        "number of 70 bits",
                        metadata(bytes(0x20, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02)),
                        "object",
                        "more than 64 bits"),
                refused("entry reaching out", spec(bytes(0x0a, 0x7f)), "object", "runs past the end"),
                refused(
                        "entry reaching out of its spec",
                        join(spec(bytes(0x0a, 0x07)), text(2, "Robot")),
                        "object",
                        "runs past"),
                refused(
                        "value reaching out of its entry",
                        spec(block(1, text(1, "a"), bytes(0x12, 0x09)), entry("b", ONE)),
                        "object",
                        "runs past"),
                refused(
                        "text reaching out of its value",
                        spec(entry("a", bytes(0x1a, 0x05)), entry("b", ONE)),
                        "object",
                        "runs past"),
                refused(
                        "name reaching out of metadata",
                        join(metadata(bytes(0x0a, 0x05)), text(2, "Robot")),
                        "object",
                        "runs past"),
                refused(
                        "number reaching out of its value",
                        spec(entry("a", bytes(0x20, 0x80)), entry("b", ONE)),
                        "object",
                        "cut off"),
                refused("cut number", spec(entry("a", bytes(0x11, 0x00))), "object", "cut off"),
                refused("group", bytes(0x0b, 0x0c), "object", "a group"),
                refused("unknown group", bytes(0x4b, 0x4c), "object", "a group"),
                refused("group in a value", spec(entry("a", bytes(0x2b, 0x2c))), "object", "a group"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"ofObjects", "ofStructs", "ofMetadata", "ofMaps", "ofBytes"})
    void isRefusedWithItsPath(String name, ByteString wire, String path, String description) {
        RefusedException refusal = refusal(wire);
        assertThat(refusal.reason()).isEqualTo(Reason.INVALID_OBJECT);
        assertThat(refusal.violations()).as(name).anySatisfy(violation -> {
            assertThat(violation.field()).isEqualTo(path);
            assertThat(violation.description()).contains(description);
        });
        assertThat(refusal.violations())
                .as("one fault, one violation, or two where it breaks two rules")
                .hasSizeLessThan(3);
    }

    @Test
    void allViolationsComeAtOnceInTheOrderOfAnObject() {
        ByteString wire = join(
                spec(entry("b", number(1, 1)), entry("a", fixed64(2, Double.NaN)), entry("b", ONE)),
                metadata(text(1, "B"), label("a b", "x y")),
                text(2, "robot"));
        assertThat(refusal(wire).violations())
                .extracting(FieldViolation::field)
                .containsExactly(
                        "kind",
                        "metadata.name",
                        "metadata.labels[\"a b\"]",
                        "metadata.labels[\"a b\"]",
                        "spec.b",
                        "spec.a",
                        "spec.b");
    }

    @Test
    void violationsAreBounded() {
        ByteString wire = spec(many(1_000, i -> entry("k" + i, number(1, 1))));
        assertThat(refusal(wire).violations()).hasSize(Limits.VIOLATIONS);
    }

    @Test
    void malformedBytesAreOneViolationWhateverElseIsWrong() {
        ByteString wire = join(text(2, "robot"), spec(entry("a", number(1, 1)), bytes(0x0a, 0x7f)));
        assertThat(refusal(wire).violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.field()).isEqualTo("object"));
    }

    @Test
    void everyCutIsRefusedOrMeansSomethingElse() {
        ByteString whole = join(text(1, "a/v1"), metadata(text(1, "r"), label("a", "b")), spec(entry("a", list(ONE))));
        for (int size = 0; size < whole.size(); size++) {
            try {
                assertThat(Canonicalizer.object(whole.substring(0, size)).encode())
                        .isNotEqualTo(whole);
            } catch (RefusedException expected) {
                assertThat(expected.violations())
                        .singleElement()
                        .satisfies(
                                violation -> assertThat(violation.description()).contains("no well-formed"));
            }
        }
    }

    @Test
    void sizeIsThatOfTheCanonicalBytes() {
        int envelope = 4 + 4 + 4 + 4 + 3;
        ByteString largest = spec(entry("a", string("x".repeat(Limits.OBJECT_BYTES - envelope))));
        assertThat(largest.size()).isEqualTo(Limits.OBJECT_BYTES);
        assertThat(Canonicalizer.object(largest).encode()).isEqualTo(largest);
        ByteString above = spec(entry("a", string("x".repeat(Limits.OBJECT_BYTES - envelope + 1))));
        assertThat(refusal(above).violations())
                .containsExactly(new FieldViolation("object", "has 1048577 bytes; at most 1048576 are allowed"));
        assertThat(refusal(ByteString.copyFrom(new byte[Limits.REQUEST_BYTES + 1]))
                        .violations())
                .containsExactly(new FieldViolation("object", "has 2097153 bytes; at most 2097152 are allowed"));
    }

    @Test
    void specAndStatusAloneHaveTheirOwnPaths() {
        ByteString bad = entry("a", number(1, 1));
        RefusedException ofSpec = catchThrowableOfType(RefusedException.class, () -> Canonicalizer.spec(bad));
        RefusedException ofStatus = catchThrowableOfType(RefusedException.class, () -> Canonicalizer.status(bad));
        RefusedException cut = catchThrowableOfType(RefusedException.class, () -> Canonicalizer.status(bytes(0x0a)));
        assertThat(ofSpec.violations().get(0).field()).isEqualTo("spec.a");
        assertThat(ofStatus.violations().get(0).field()).isEqualTo("status.a");
        assertThat(cut.violations().get(0).field()).isEqualTo("status");
    }

    static RefusedException refusal(ByteString wire) {
        RefusedException refusal = catchThrowableOfType(RefusedException.class, () -> Canonicalizer.object(wire));
        assertThat(refusal).as("a refusal").isNotNull();
        return refusal;
    }

    private static Arguments refused(String name, ByteString wire, String path, String description) {
        return Arguments.of(name, wire, path, description);
    }

    private static ByteString label(String key, String value) {
        return block(6, text(1, key), text(2, value));
    }

    private static ByteString annotation(String key, String value) {
        return block(7, text(1, key), text(2, value));
    }

    private static ByteString[] many(int count, IntFunction<ByteString> each) {
        return IntStream.range(0, count).mapToObj(each).toArray(ByteString[]::new);
    }
}
