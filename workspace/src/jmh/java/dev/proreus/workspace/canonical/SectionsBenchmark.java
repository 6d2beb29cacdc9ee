package dev.proreus.workspace.canonical;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.LauncherFlags;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it takes to split an object into its sections, from outside and from the store, and to put it together again.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {LauncherFlags.FETCH_AHEAD, LauncherFlags.FETCHED_LINES})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class SectionsBenchmark {
    private static final String UID = "0190c5e0-7c6e-4a3b-9f0e-2b1d5c3a4e6f";

    /** Whether the metadata has every field, or those alone that each stored object has. */
    @Param({"false", "true"})
    public boolean full;

    private ObjectSections sections;
    private ByteString bytes;

    /** Makes the object. */
    @Setup(Level.Trial)
    public void setUp() {
        MetaSections metadata = MetaSections.EMPTY
                .withName("robot-1")
                .withUid(UID)
                .withResourceVersion(123_456)
                .withGeneration(2)
                .withCreation(Instant.ofEpochMilli(1_800_000_000_000L));
        MetaSections all = metadata.withLabels(Map.of("tier", "gold", "fleet.example.com/site", "north"))
                .withAnnotations(Map.of("note", "x".repeat(100)))
                .withDeletion(Instant.ofEpochMilli(1_800_000_001_000L))
                .withFinalizers(List.of("fleet.example.com/dock", "fleet.example.com/bill"))
                .withOwners(List.of(new OwnerReference("sites.fleet.example.com", "north", UID, true)));
        sections = ObjectSections.EMPTY
                .withType("fleet.example.com/v1", "Robot")
                .withMetadata(full ? all : metadata)
                .withSpec(StructWriter.write(Map.of("agent", "r1", "target", 42.0)));
        bytes = sections.encode();
    }

    /** Takes it from outside. */
    @Benchmark
    public ObjectSections walk() {
        return Canonicalizer.object(bytes);
    }

    /** Takes it from the store. */
    @Benchmark
    public ObjectSections decode() {
        return ObjectSections.decode(bytes);
    }

    /** Puts it together with another resource version and generation, as a commit does. */
    @Benchmark
    public ByteString encode() {
        MetaSections metadata = sections.metadata();
        return sections.withMetadata(metadata.withGeneration(metadata.generation() + 1)
                        .withResourceVersion(metadata.resourceVersion() + 1))
                .encode();
    }

    /** Takes it from the store, and compares it with what it was. */
    @Benchmark
    public boolean same() {
        return ObjectSections.decode(bytes).equals(sections);
    }
}
