package dev.proreus.workspace.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.JsonFormat;
import dev.proreus.v1.ConnectResponse;
import dev.proreus.v1.Object;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchResponse;
import dev.proreus.workspace.FieldViolation;
import dev.proreus.workspace.Limits;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The deepest object that is legal, which stock clients can read, and the one that is a level deeper. */
class NestingTest {
    /** What nests in what: {@code o} is an object, {@code l} a list; the innermost holds an empty text. */
    static Stream<String> shapes() {
        return Stream.of("o", "l", "ol", "oool", "llo");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theDeepestLegalObjectIsReadByStockParsers(String shape) throws IOException {
        ByteString canonical =
                Canonicalizer.object(nested(shape, Limits.NESTING_LEVELS)).encode();
        assertThat(canonical).isEqualTo(nested(shape, Limits.NESTING_LEVELS));
        Object parsed = Object.parseFrom(canonical.newCodedInput());
        String json = JsonFormat.printer().print(parsed);
        Object.Builder read = Object.newBuilder();
        JsonFormat.parser().merge(json, read);
        assertThat(read.build()).isEqualTo(parsed);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theDeepestLegalObjectIsReadInsideItsEnvelope(String shape) throws IOException {
        ByteString object = nested(shape, Limits.NESTING_LEVELS);
        ByteString watch = Wire.block(1, Wire.block(WatchEvent.ADDED_FIELD_NUMBER, object));
        assertThat(WatchResponse.parseFrom(watch.newCodedInput())
                        .getEvents(0)
                        .getAdded()
                        .toByteString())
                .isEqualTo(object);
        ByteString stream = Wire.block(ConnectResponse.DELIVERY_FIELD_NUMBER, watch);
        ConnectResponse response = ConnectResponse.parseFrom(stream.newCodedInput());
        assertThat(response.getDelivery().getEvents(0).getAdded().toByteString())
                .isEqualTo(object);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void oneMoreLevelIsRefusedWhereItOpens(String shape) {
        ByteString wire = nested(shape, Limits.NESTING_LEVELS + 1);
        FieldViolation violation = RefusalTest.refusal(wire).violations().get(0);
        assertThat(violation.description()).isEqualTo("is nested 25 levels deep; at most 24 are allowed");
        assertThat(violation.field()).startsWith("spec.k").hasSize("spec".length() + steps(shape));
    }

    @Test
    void depthIsCountedForEachBranch() {
        ByteString deep = Wire.entry("deep", valueAt("o", 1, Limits.NESTING_LEVELS));
        ByteString wire = Wire.spec(Wire.entry("before", valueAt("l", 1, 20)), deep, Wire.entry("f", Wire.list()));
        assertThat(Canonicalizer.object(wire).spec()).isNotNull();
    }

    @Test
    void statusIsLevelOneToo() {
        ByteString entry = Wire.entry("k", valueAt("ol", 1, Limits.NESTING_LEVELS));
        assertThat(Canonicalizer.status(entry).encode()).isEqualTo(entry);
        ByteString deeper = Wire.status(Wire.entry("k", valueAt("ol", 1, Limits.NESTING_LEVELS + 1)));
        assertThat(RefusalTest.refusal(deeper).violations().get(0).field()).startsWith("status.k");
    }

    /** An object whose spec is that many levels deep. */
    static ByteString nested(String shape, int levels) {
        return Wire.spec(Wire.entry("k", valueAt(shape, 1, levels)));
    }

    private static ByteString valueAt(String shape, int level, int levels) {
        if (level == levels) {
            return Wire.string("");
        }
        ByteString inner = valueAt(shape, level + 1, levels);
        return isObject(shape, level + 1) ? Wire.struct(Wire.entry("k", inner)) : Wire.list(inner);
    }

    private static boolean isObject(String shape, int level) {
        return shape.charAt(level % shape.length()) == 'o';
    }

    /** Characters of the path to the place where a level too many opens, behind {@code spec}. */
    private static int steps(String shape) {
        int characters = 0;
        for (int level = 1; level <= Limits.NESTING_LEVELS; level++) {
            characters += level == 1 || isObject(shape, level) ? ".k".length() : "[0]".length();
        }
        return characters;
    }
}
