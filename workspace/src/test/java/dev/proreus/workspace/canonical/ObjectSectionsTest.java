package dev.proreus.workspace.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.proreus.v1.Object;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Sections that the server changes or makes itself are as canonical as those that come in. */
class ObjectSectionsTest {
    private static final String UID = "0190c5e0-7c6e-4a3b-9f0e-2b1d5c3a4e6f";
    private static final OwnerReference OWNER = new OwnerReference("sites.example.com", "north", UID, true);

    @Test
    void everyPartCanBeReplaced() throws InvalidProtocolBufferException {
        Map<String, String> labels = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            labels.put("label-" + i, "v" + i);
        }
        MetaSections metadata = MetaSections.EMPTY
                .withName("robot-1")
                .withUid(UID)
                .withResourceVersion(7)
                .withGeneration(2)
                .withLabels(labels)
                .withAnnotations(Map.of("note", "é".repeat(100), "a", ""))
                .withCreation(Instant.parse("2026-01-31T12:00:00.5Z"))
                .withDeletion(Instant.EPOCH)
                .withFinalizers(List.of("proreus.dev/agent"))
                .withOwners(List.of(OWNER));
        ObjectSections sections = ObjectSections.EMPTY
                .withType("fleet.example.com/v1", "Robot")
                .withMetadata(metadata)
                .withSpec(StructWriter.write(Map.of("agent", "r1")))
                .withStatus(StatusSections.EMPTY.withObservedGeneration(OptionalLong.of(2)));
        ByteString bytes = sections.encode();
        assertThat(Canonicalizer.object(bytes)).isEqualTo(sections);
        assertThat(ObjectSections.decode(bytes)).isEqualTo(sections);
        Object read = Object.parseFrom(bytes);
        assertThat(read.getMetadata().getLabelsMap()).isEqualTo(labels).isEqualTo(metadata.labelMap());
        assertThat(read.getMetadata().getAnnotationsMap()).isEqualTo(metadata.annotationMap());
        assertThat(read.getMetadata().getFinalizersList()).isEqualTo(metadata.finalizerNames());
        assertThat(metadata.owners()).containsExactly(OWNER);
        assertThat(List.copyOf(metadata.labelMap().keySet())).isSorted();
        assertThat(read.getMetadata().getGeneration()).isEqualTo(2);
    }

    @Test
    void aNameMakesItsPrefixVoid() {
        MetaSections prefixed =
                Canonicalizer.object(Wire.metadata(Wire.text(2, "robot-"))).metadata();
        assertThat(prefixed.generateName()).isEqualTo("robot-");
        assertThat(prefixed.withName("robot-x7k2p").generateName()).isEmpty();
    }

    @Test
    void nothingIsNoBytes() {
        assertThat(ObjectSections.EMPTY.encode()).isEmpty();
        assertThat(ObjectSections.decode(ByteString.EMPTY)).isEqualTo(ObjectSections.EMPTY);
        assertThat(MetaSections.EMPTY.labelMap()).isEmpty();
        assertThat(MetaSections.EMPTY.finalizerNames()).isEmpty();
    }

    @Test
    void sectionsOfTheStoreShareItsMemory() {
        byte[] array = Wire.spec(Wire.entry("a", Wire.string("x"))).toByteArray();
        ByteString spec =
                ObjectSections.decode(UnsafeByteOperations.unsafeWrap(array)).spec();
        array[array.length - 1] = 'y';
        assertThat(spec).isEqualTo(Wire.entry("a", Wire.string("y")));
    }

    @Test
    void bytesThatAreNoObjectAreAnIllegalArgument() {
        for (ByteString bytes :
                List.of(Wire.text(6, "x"), Wire.bytes(0x22, 0x05), Wire.bytes(0), Wire.metadata(Wire.number(99, 1)))) {
            assertThatIllegalArgumentException().isThrownBy(() -> ObjectSections.decode(bytes));
        }
    }
}
