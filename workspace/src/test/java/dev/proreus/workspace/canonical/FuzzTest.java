package dev.proreus.workspace.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import dev.proreus.v1.Object;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged bytes are refused and nothing else happens; those that are not refused mean what stock parsers read. */
class FuzzTest {
    private static final int OBJECTS = 50;
    private static final int DAMAGES = 500;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Boolean.getBoolean("proreus.long") ? 100 : 8);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedObjectsAreRefusedOrReadAsStockParsersReadThem(long seed) throws InvalidProtocolBufferException {
        Random random = new Random(seed);
        RandomObjects objects = new RandomObjects(random);
        List<ByteString> corpus = new ArrayList<>();
        for (int i = 0; i < OBJECTS; i++) {
            corpus.add(objects.small());
        }
        int accepted = 0;
        int refused = 0;
        for (int i = 0; i < OBJECTS * DAMAGES; i++) {
            ByteString damaged = damaged(corpus, random);
            try {
                checkAccepted(damaged, Canonicalizer.object(damaged));
                accepted++;
            } catch (RefusedException expected) {
                refused++;
                int violations = expected.violations().size();
                if (expected.reason() != Reason.INVALID_OBJECT || violations == 0 || violations > Limits.VIOLATIONS) {
                    throw new AssertionError("of " + TextFormat.escapeBytes(damaged), expected);
                }
            }
        }
        assertThat(accepted).as("accepted in spite of the damage").isPositive();
        assertThat(refused).as("refused for the damage").isPositive();
    }

    private static void checkAccepted(ByteString wire, ObjectSections sections) throws InvalidProtocolBufferException {
        ByteString canonical = sections.encode();
        Object read = Object.parseFrom(wire);
        Object written = Object.parseFrom(canonical);
        boolean same = ObjectSections.decode(canonical).equals(sections)
                && Canonicalizer.object(canonical).equals(sections)
                && withoutForm(written).equals(withoutForm(read));
        if (!same) {
            assertThat(TextFormat.printer().printToString(written))
                    .as("what was accepted out of %s", TextFormat.escapeBytes(wire))
                    .isEqualTo(TextFormat.printer().printToString(read));
            throw new AssertionError("it reads alike, but not from " + TextFormat.escapeBytes(wire));
        }
    }

    /** Leaves out what the canonical form changes: the case of uids, the order of conditions, empty metadata. */
    private static Object withoutForm(Object object) {
        Object.Builder plain = object.toBuilder().clearStatus();
        plain.getMetadataBuilder().setUid(object.getMetadata().getUid().toLowerCase(Locale.ROOT));
        plain.getMetadataBuilder().clearOwnerReferences();
        return plain.build();
    }

    /** Reading bytes that never were canonical, as a damaged disk would give them, ends in one kind of exception. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void damagedStoredBytesAreAnIllegalArgument(long seed) {
        Random random = new Random(seed);
        RandomObjects objects = new RandomObjects(random);
        List<ByteString> corpus = new ArrayList<>();
        for (int i = 0; i < OBJECTS; i++) {
            corpus.add(objects.small());
        }
        int read = 0;
        int refused = 0;
        for (int i = 0; i < OBJECTS * DAMAGES / 10; i++) {
            ByteString damaged = damaged(corpus, random);
            try {
                readAll(damaged);
                read++;
            } catch (IllegalArgumentException expected) {
                refused++;
            }
        }
        assertThat(read).as("read in spite of the damage").isPositive();
        assertThat(refused).as("seen to be damaged").isPositive();
    }

    private static void readAll(ByteString stored) {
        ObjectSections sections = ObjectSections.decode(stored);
        sections.metadata().labelMap();
        sections.metadata().owners();
        if (sections.spec() != null) {
            StructView.of(sections.spec()).find(List.of("a", "speed"));
            StructView.of(sections.spec()).forEach(entry -> entry.getValue().kind());
        }
        sections.encode();
    }

    private static ByteString damaged(List<ByteString> corpus, Random random) {
        byte[] bytes = corpus.get(random.nextInt(corpus.size())).toByteArray();
        byte[] other = corpus.get(random.nextInt(corpus.size())).toByteArray();
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes = damagedOnce(bytes, other, random);
        }
        return ByteString.copyFrom(bytes);
    }

    private static byte[] damagedOnce(byte[] bytes, byte[] other, Random random) {
        ByteString whole = ByteString.copyFrom(bytes);
        int at = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, at + random.nextInt(8));
        int from = random.nextInt(other.length + 1);
        ByteString donor =
                ByteString.copyFrom(other).substring(from, Math.min(other.length, from + random.nextInt(40)));
        ByteString middle = switch (random.nextInt(5)) {
            case 0 -> Wire.bytes(random.nextInt(256));
            case 1 -> ByteString.EMPTY;
            case 2 -> donor;
            case 3 -> whole.substring(at, to).concat(whole.substring(at, to));
            default ->
                Wire.bytes(to > at ? bytes[at] ^ 1 << random.nextInt(8) : 0)
                        .concat(to > at ? whole.substring(at + 1, to) : ByteString.EMPTY);
        };
        return whole.substring(0, at).concat(middle).concat(whole.substring(to)).toByteArray();
    }
}
