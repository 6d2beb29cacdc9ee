package dev.proreus.workspace.watch;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Change;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.LauncherFlags;
import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.Term;
import dev.proreus.workspace.select.Selector;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What an event costs with so many watches on one loop: from the committer's hand, through ring and index, into the
 * messages of the watches that it matches. The sinks are always ready and only look at what they get.
 *
 * <p>Where each watch wants objects of its own, an event has one match, and the figure must hardly grow with the number
 * of watches. Where each wants every object, it has as many matches as there are watches. The bytes of the objects are
 * a few in turn, as they are fresh from the committer's hand; to make the changes is not measured.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {LauncherFlags.FETCH_AHEAD, LauncherFlags.FETCHED_LINES})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class DispatchBenchmark {
    private static final int BATCH = 64;
    private static final int OBJECT_BYTES = 256;
    private static final long RING_BYTES = 8L << 20;

    /** Watches on the loop. */
    @Param({"1", "100", "1000", "10000"})
    public int watchers;

    /** What each watch wants. */
    @Param
    public Wanted wanted;

    private final QuietHistory history = new QuietHistory();
    private final TurnByTurn loop = new TurnByTurn();
    private WatchHub hub;
    private int objects;
    private ByteString[] bodies;
    private Change[] batch;
    private int next;
    private long revision;

    /** What a watch wants. */
    public enum Wanted {
        /** Every object of the type. */
        EVERY {
            @Override
            WatchFilter filter(int watcher) {
                return WatchFilter.every();
            }
        },
        /** One object by its name, each watch another. */
        NAME {
            @Override
            WatchFilter filter(int watcher) {
                return WatchFilter.named(SampleChanges.name(watcher));
            }
        },
        /** The objects with one value of a field, each watch another. */
        TERM {
            @Override
            WatchFilter filter(int watcher) {
                return new SelectedSample(Selector.ofFields(
                        "spec.agent=" + SampleChanges.agent(watcher), List.of(SampleChanges.ASSIGNMENT)));
            }
        },
        /** Nothing that there is, by a selector without an equality, the same for all watches. */
        GROUP {
            @Override
            WatchFilter filter(int watcher) {
                return new SelectedSample(Selector.ofLabels("tier notin (gold,iron),site,!retired"));
            }
        };

        abstract WatchFilter filter(int watcher);
    }

    /** Starts the watches, each at the head, so that they are live without a read of history. */
    @Setup(Level.Trial)
    public void setUp(Blackhole blackhole) {
        hub = new WatchHub(
                RING_BYTES, history, history, history::place, loop, 1, new WatchMetrics(Instrumentation.none()));
        for (int i = 0; i < watchers; i++) {
            WatchFilter filter = wanted.filter(i);
            hub.subscribe(
                    new WatchSpec(
                            SampleChanges.WORKSPACE,
                            SampleChanges.TYPE,
                            () -> filter,
                            new WatchStart.After(0),
                            false,
                            0),
                    new BlackholeSink(blackhole),
                    loop);
        }
        loop.drain();
        objects = Math.max(watchers, BATCH);
        bodies = new ByteString[BATCH];
        Arrays.setAll(bodies, i -> SampleChanges.object(i, OBJECT_BYTES));
        batch = new Change[BATCH];
    }

    /** Makes the next changes, as a committer does just before it publishes them. */
    @Setup(Level.Invocation)
    public void commit() {
        for (int i = 0; i < BATCH; i++) {
            batch[i] = SampleChanges.modified(next, ++revision, bodies[i]);
            next = next + 1 == objects ? 0 : next + 1;
        }
        history.raise(revision);
    }

    /** Publishes a batch of changes of distinct objects and lets the loop deliver it. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void dispatch() {
        hub.publish(List.copyOf(Arrays.asList(batch)));
        loop.drain();
    }

    /** The filter of a selector, as the engine makes it. */
    private record SelectedSample(
            Selector selector, @Nullable String name, List<Term> terms) implements WatchFilter {
        private SelectedSample(Selector selector) {
            this(selector, selector.name(), selector.terms());
        }

        @Override
        public boolean matches(Selectable state) {
            return selector.matches(state);
        }
    }
}
