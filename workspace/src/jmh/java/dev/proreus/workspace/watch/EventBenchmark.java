package dev.proreus.workspace.watch;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Change;
import dev.proreus.workspace.LauncherFlags;
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

/** What one event costs before anybody watches: its encoding, and its place in a full ring. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {LauncherFlags.FETCH_AHEAD, LauncherFlags.FETCHED_LINES})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class EventBenchmark {
    private static final int DISTINCT = 1_024;
    private static final long RING_BYTES = 1L << 20;

    /** Bytes of the object. */
    @Param({"256", "1024"})
    public int bytes;

    private Change[] changes;
    private EventRing ring;
    private int next;

    /** Makes the changes, and fills the ring so that each append evicts. */
    @Setup(Level.Trial)
    public void setUp() {
        changes = SampleChanges.modified(DISTINCT, bytes);
        ring = new EventRing(RING_BYTES);
        for (long filled = 0; filled < 2 * RING_BYTES; filled += 2L * bytes) {
            append();
        }
    }

    /** Encodes an event around the bytes of its object. */
    @Benchmark
    public ByteString encode() {
        return EventForm.COMMITTED.encode(change());
    }

    /** Appends a change to the ring, which evicts the oldest, and shows it to readers. */
    @Benchmark
    public long append() {
        ring.append(change(), null, 0);
        ring.publish();
        return ring.head();
    }

    private Change change() {
        return changes[next++ & (DISTINCT - 1)];
    }
}
