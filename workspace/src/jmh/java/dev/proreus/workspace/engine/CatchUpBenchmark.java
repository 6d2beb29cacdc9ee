package dev.proreus.workspace.engine;

import dev.proreus.workspace.LauncherFlags;
import dev.proreus.workspace.watch.Subscription;
import dev.proreus.workspace.watch.WatchFilter;
import dev.proreus.workspace.watch.WatchMessage;
import dev.proreus.workspace.watch.WatchSink;
import dev.proreus.workspace.watch.WatchSpec;
import dev.proreus.workspace.watch.WatchStart;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What an event costs a watch that resumes far behind the head: read from history, encoded, and given to a sink that is
 * always ready. The figure is for one event.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {LauncherFlags.FETCH_AHEAD, LauncherFlags.FETCHED_LINES})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@State(Scope.Benchmark)
public class CatchUpBenchmark {
    private static final int OBJECTS = 10_000;
    private static final int EVENTS = 50_000;
    private static final int OBJECT_BYTES = 1_024;

    /** The store under the engine. */
    @Param
    public StoreKind store;

    private final BlockingQueue<Runnable> loop = new LinkedBlockingQueue<>();
    private BenchEngine bench;
    private long start;

    /** Writes the history. */
    @Setup(Level.Trial)
    public void setUp() {
        bench = new BenchEngine(store);
        start = bench.root().revision();
        bench.fill(OBJECTS, EVENTS / OBJECTS, OBJECT_BYTES);
    }

    /** Closes the engine. */
    @TearDown(Level.Trial)
    public void tearDown() {
        bench.close();
    }

    /** Resumes before the first event and reads to the last; this thread is the watch's loop. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long catchUp(Blackhole blackhole) throws InterruptedException {
        Counter counter = new Counter(blackhole);
        WatchSpec spec = new WatchSpec(
                bench.root().id(), bench.type().id(), WatchFilter::every, new WatchStart.After(start), false, 0);
        Subscription subscription = bench.engine().watch(spec, counter, loop::add);
        while (counter.events < EVENTS) {
            loop.take().run();
        }
        subscription.cancel();
        for (Runnable left = loop.poll(); left != null; left = loop.poll()) {
            left.run();
        }
        return counter.events;
    }

    private static final class Counter implements WatchSink {
        private final Blackhole blackhole;
        private long events;

        Counter(Blackhole blackhole) {
            this.blackhole = blackhole;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void events(WatchMessage given) {
            events += given.events().size();
            blackhole.consume(given);
        }

        @Override
        public void snapshotBegin(long revision) {
            throw new IllegalStateException("a snapshot begins, where events were due");
        }

        @Override
        public void bookmark(long revision, boolean initialDone) {
            blackhole.consume(revision);
        }

        @Override
        public void ended(RuntimeException why) {
            throw why;
        }
    }
}
