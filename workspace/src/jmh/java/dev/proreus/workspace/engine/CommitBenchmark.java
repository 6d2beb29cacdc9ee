package dev.proreus.workspace.engine;

import dev.proreus.workspace.LauncherFlags;
import dev.proreus.workspace.canonical.ObjectSections;
import java.util.concurrent.CompletableFuture;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it takes to commit so many writes that are under way at once, from the engine's door to the last answer. The
 * figure is for all of them; on disk it has at least one sync.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {LauncherFlags.FETCH_AHEAD, LauncherFlags.FETCHED_LINES})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Benchmark)
public class CommitBenchmark {
    private static final int OBJECTS = 10_000;
    private static final int DISTINCT_SPECS = 64;

    /** The store under the engine. */
    @Param
    public StoreKind store;

    /** Writes under way at once. */
    @Param({"1", "16", "256"})
    public int writes;

    /** Bytes of the spec. */
    @Param({"256", "1024"})
    public int bytes;

    private BenchEngine bench;
    private ObjectSections[] specs;
    private int nextObject;
    private int nextSpec;

    /** Creates the objects, so that each write that is measured updates one. */
    @Setup(Level.Iteration)
    public void setUp() {
        bench = new BenchEngine(store);
        bench.fill(OBJECTS, 1, bytes);
        specs = new ObjectSections[DISTINCT_SPECS];
        for (int i = 0; i < DISTINCT_SPECS; i++) {
            specs[i] = BenchEngine.spec(i + 1L, bytes);
        }
    }

    /** A fresh store for each iteration: in the heap, history would fill it. */
    @TearDown(Level.Iteration)
    public void tearDown() {
        bench.close();
    }

    /** Writes, and waits for every answer. */
    @Benchmark
    public CompletableFuture<?>[] commit() {
        CompletableFuture<?>[] stages = new CompletableFuture<?>[writes];
        for (int i = 0; i < writes; i++) {
            stages[i] = bench.apply(nextObject, specs[nextSpec]).toCompletableFuture();
            advance();
        }
        BenchEngine.joinAll(stages);
        return stages;
    }

    /** Each round over the objects writes another spec, so that no write is UNCHANGED. */
    private void advance() {
        nextObject++;
        if (nextObject == OBJECTS) {
            nextObject = 0;
            nextSpec = (nextSpec + 1) % DISTINCT_SPECS;
        }
    }
}
