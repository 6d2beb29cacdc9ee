package dev.proreus.workspace.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.RefusedException;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The largest inputs, each made to be as much work as can be. All of them take milliseconds; tens of seconds are a
 * fault.
 */
class HostileInputTest {
    private static final Duration FAR_TOO_LONG = Duration.ofSeconds(30);
    private static final int BYTES = Limits.REQUEST_BYTES - 64;

    static Stream<Arguments> inputs() {
        return Stream.of(
                Arguments.of("nested without end", endlesslyNested()),
                Arguments.of("groups without end", ByteString.copyFrom(filled((byte) 0x0b))),
                Arguments.of("empty elements", Wire.spec(Wire.entry("a", Wire.block(6, filledWith(Wire.block(1)))))),
                Arguments.of("empty entries", Wire.spec(filledWith(Wire.block(1)))),
                Arguments.of(
                        "entries without key", Wire.spec(filledWith(Wire.block(1, Wire.block(2, Wire.number(1, 0)))))),
                Arguments.of("one label again and again", Wire.metadata(filledWith(Wire.block(6, Wire.text(1, "a"))))),
                Arguments.of("one finalizer again and again", Wire.metadata(filledWith(Wire.text(10, "a")))),
                Arguments.of("one owner again and again", Wire.metadata(filledWith(Wire.block(11)))),
                Arguments.of("one name again and again", Wire.metadata(filledWith(Wire.text(1, "a")))),
                Arguments.of("keys descending", Wire.spec(descending(0))),
                Arguments.of("long keys that differ at the end", Wire.spec(descending(1_000))),
                Arguments.of("a long name", Wire.metadata(Wire.text(1, "a.".repeat(BYTES / 2)))),
                Arguments.of("a long label", Wire.metadata(Wire.block(6, Wire.text(1, "a/".repeat(BYTES / 2))))),
                Arguments.of("a long uid", Wire.metadata(Wire.text(3, "0".repeat(BYTES)))),
                Arguments.of(
                        "many conditions",
                        Wire.status(Wire.entry("conditions", Wire.block(6, filledWith(Wire.block(1, Wire.struct())))))),
                Arguments.of("a wide tree", wideTree()),
                Arguments.of("varints of ten bytes", slowVarints()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inputs")
    void takesMillisecondsAndNoStack(String name, ByteString wire) {
        assertThat(wire.size()).as(name).isBetween(Limits.REQUEST_BYTES / 2, Limits.REQUEST_BYTES);
        assertTimeoutPreemptively(FAR_TOO_LONG, () -> {
            try {
                assertThat(Canonicalizer.object(wire)).isNotNull();
            } catch (RefusedException expected) {
                assertThat(expected.violations()).isNotEmpty();
            }
        });
    }

    private static byte[] filled(byte value) {
        byte[] bytes = new byte[BYTES];
        Arrays.fill(bytes, value);
        return bytes;
    }

    /** As many copies as fit. */
    private static ByteString filledWith(ByteString part) {
        ByteString all = part;
        while (all.size() < BYTES / 2) {
            all = Wire.join(all, all);
        }
        return all;
    }

    /** Lists in lists in lists, the innermost of them missing. */
    private static ByteString endlesslyNested() {
        ByteString value = ByteString.EMPTY;
        byte[] bytes = new byte[BYTES];
        int at = bytes.length;
        int size = value.size();
        while (at > 16) {
            for (int tag : new int[] {0x0a, 0x32}) {
                byte[] length = Wire.varint(size).toByteArray();
                at -= length.length;
                System.arraycopy(length, 0, bytes, at, length.length);
                bytes[--at] = (byte) tag;
                size += length.length + 1;
            }
        }
        return Wire.spec(Wire.entry("a", Wire.block(6, ByteString.copyFrom(bytes, at, bytes.length - at))));
    }

    private static ByteString[] descending(int prefix) {
        int count = BYTES / (prefix + 25);
        ByteString[] entries = new ByteString[count];
        for (int i = 0; i < count; i++) {
            entries[i] = Wire.entry("x".repeat(prefix) + String.format("%06d", count - i), Wire.number(1, 0));
        }
        return entries;
    }

    /** Every level has as many unsorted neighbours as fit, so every level is sorted and moved. */
    private static ByteString wideTree() {
        ByteString value = Wire.number(1, 0);
        for (int level = 1; level < Limits.NESTING_LEVELS; level++) {
            boolean doubles = value.size() < BYTES / 2 - 1_000;
            value = doubles
                    ? Wire.struct(Wire.entry("b", value), Wire.entry("a", value))
                    : Wire.struct(Wire.entry("b", value), Wire.entry("a", Wire.number(1, 0)));
        }
        return Wire.spec(Wire.entry("b", value), Wire.entry("a", Wire.number(1, 0)));
    }

    private static ByteString slowVarints() {
        ByteString slowFalse = Wire.bytes(0x20, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00);
        return Wire.spec(Wire.entry("a", Wire.block(6, filledWith(Wire.block(1, slowFalse)))));
    }
}
