package dev.proreus.workspace.engine;

import dev.proreus.workspace.LauncherFlags;
import dev.proreus.workspace.select.Selector;
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

/** What one page of a list takes, among objects of which each has some older versions as well. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {LauncherFlags.FETCH_AHEAD, LauncherFlags.FETCHED_LINES})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Benchmark)
public class ListBenchmark {
    private static final int OBJECTS = 10_000;
    private static final int VERSIONS = 4;
    private static final int OBJECT_BYTES = 1_024;

    /** The store under the engine. */
    @Param
    public StoreKind store;

    /** Objects in the page. */
    @Param({"10", "500"})
    public int page;

    private BenchEngine bench;
    private String token;

    /** Writes the objects. */
    @Setup(Level.Trial)
    public void setUp() {
        bench = new BenchEngine(store);
        bench.fill(OBJECTS, VERSIONS, OBJECT_BYTES);
        token = "";
    }

    /** Closes the engine. */
    @TearDown(Level.Trial)
    public void tearDown() {
        bench.close();
    }

    /** Reads the next page, and from the last one starts over. */
    @Benchmark
    public ObjectPage list() {
        ObjectPage read =
                BenchEngine.join(bench.engine().list(bench.root(), bench.type(), Selector.EVERY, 0, page, token));
        token = read.nextPageToken();
        return read;
    }
}
