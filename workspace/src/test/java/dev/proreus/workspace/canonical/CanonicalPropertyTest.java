package dev.proreus.workspace.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import dev.proreus.v1.Object;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every legal object, tried on random ones. The seed of a failing run is the test's name. */
class CanonicalPropertyTest {
    private static final int OBJECTS = 200;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Boolean.getBoolean("proreus.long") ? 200 : 8);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everySpellingHasTheSameCanonicalBytes(long seed) throws InvalidProtocolBufferException {
        Random random = new Random(seed);
        RandomObjects objects = new RandomObjects(random);
        SloppyWriter sloppy = new SloppyWriter(random);
        for (int i = 0; i < OBJECTS; i++) {
            Object object = objects.object();
            ByteString expected = object.toByteString();
            ByteString spelling = sloppy.write(object);
            assertThat(Object.parseFrom(spelling))
                    .as("the sloppy writer keeps the meaning")
                    .isEqualTo(object);
            ByteString canonical = Canonicalizer.object(spelling).encode();
            assertThat(canonical).isEqualTo(expected);
            assertThat(Object.parseFrom(canonical)).isEqualTo(object);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void sectionsSurviveTheStore(long seed) {
        Random random = new Random(seed);
        RandomObjects objects = new RandomObjects(random);
        SloppyWriter sloppy = new SloppyWriter(random);
        for (int i = 0; i < OBJECTS; i++) {
            ObjectSections sections = Canonicalizer.object(sloppy.write(objects.object()));
            ByteString stored = sections.encode();
            assertThat(ObjectSections.decode(stored)).isEqualTo(sections);
            assertThat(Canonicalizer.object(stored)).isEqualTo(sections);
            assertThat(ObjectSections.decode(stored).encode()).isEqualTo(stored);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsReportedIsReadWithoutTheRest(long seed) {
        Random random = new Random(seed);
        RandomObjects objects = new RandomObjects(random);
        for (int i = 0; i < OBJECTS; i++) {
            ByteString stored =
                    Canonicalizer.object(objects.object().toByteString()).encode();
            ObjectSections sections = ObjectSections.decode(stored);
            assertThat(Reported.of(stored))
                    .isEqualTo(new Reported(sections.metadata().generation(), sections.status()));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void bytesInSeveralPiecesAreReadAlike(long seed) {
        Random random = new Random(seed);
        RandomObjects objects = new RandomObjects(random);
        for (int i = 0; i < OBJECTS / 10; i++) {
            ByteString whole = objects.object().toByteString();
            int cut = random.nextInt(whole.size() + 1);
            ByteString padding = ByteString.copyFrom(new byte[300]);
            ByteString rope = padding.concat(whole.substring(0, cut))
                    .concat(whole.substring(cut).concat(padding))
                    .substring(300, 300 + whole.size());
            assertThat(Canonicalizer.object(rope)).isEqualTo(Canonicalizer.object(whole));
            assertThat(ObjectSections.decode(rope)).isEqualTo(ObjectSections.decode(whole));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aSpecAloneHasTheBytesThatItHasInAnObject(long seed) {
        Random random = new Random(seed);
        RandomObjects objects = new RandomObjects(random);
        SloppyWriter sloppy = new SloppyWriter(random);
        for (int i = 0; i < OBJECTS / 10; i++) {
            Struct struct = objects.struct(5);
            assertThat(Canonicalizer.spec(sloppy.write(struct))).isEqualTo(struct.toByteString());
        }
    }
}
