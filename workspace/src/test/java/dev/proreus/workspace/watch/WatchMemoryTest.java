package dev.proreus.workspace.watch;

import static dev.proreus.workspace.watch.HubWorld.ACME;
import static dev.proreus.workspace.watch.HubWorld.after;
import static dev.proreus.workspace.watch.HubWorld.initial;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Change;
import dev.proreus.workspace.ChangeView;
import dev.proreus.workspace.History;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Scope;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What watches may hold, however large the objects are that they pass over. */
class WatchMemoryTest {
    private static final int TOGETHER = 64;

    private final HubWorld world = HubWorld.roomy();

    @Test
    void boundedIsWhatAScanHoldsOfWhatNobodyWants() {
        world.model().chunks(1_024, 2);
        for (int i = 0; i < 700; i++) {
            world.commit(Write.assign("a" + i, "them"));
        }
        Holding holding = new Holding();
        WatchHub hub = new WatchHub(
                1 << 20,
                holding.over(world.model()),
                world.model(),
                world.model()::place,
                world.readers(),
                1,
                new WatchMetrics(Instrumentation.none()));
        WatchSpec spec = HubWorld.spec(after(0), () -> new Filters.Rest(Set.of("them")), false);
        RecordingSink sink = world.sink();
        hub.subscribe(spec, sink, world.loop()).requestBookmark();
        world.settle();
        assertThat(sink.calls()).as("it came through").hasSize(1);
        assertThat(holding.most).as("it looked at all of them, some at a time").isBetween(1, TOGETHER);
    }

    @Test
    void boundedIsAPassThatWasCutShort() {
        List<List<Write>> commands = new ArrayList<>();
        int large = Limits.SHARE_BYTES / 4;
        int objects = 20;
        IntStream.range(0, objects).forEach(i -> commands.add(List.of(Write.large("o" + i, large))));
        commands.add(List.of(Write.large("stays", 2 * Limits.SHARE_BYTES)));
        IntStream.range(0, objects).forEach(i -> commands.add(List.of(Write.put("o" + i))));
        List<Change> changes = new ArrayList<>();
        commands.forEach(writes -> changes.addAll(world.model().commit(ACME, writes)));
        LatestPass pass = new LatestPass(HubWorld.spec(after(0), WatchFilter::every, false), WatchFilter.every());
        for (Change change : changes) {
            assertThat(pass.take(change.revision(), new SharedEvent(change, null)))
                    .isTrue();
        }
        Chunk chunk = pass.closeWithinShare(changes.size());
        assertThat(chunk.size()).isPositive();
        assertThat(chunk.bytes()).isLessThanOrEqualTo(Limits.SHARE_BYTES);
        assertThat(chunk.reached()).as("the rest comes later").isLessThan(objects);
    }

    /** However fast a stream takes what it gets, what is read for it at once is a short piece of work. */
    @Test
    void boundedIsWhatIsReadAtOnceForAStreamThatTakesAll() {
        int objectBytes = Limits.SHARE_BYTES / 16;
        int commits = 1_000;
        world.model().chunks(Integer.MAX_VALUE, Integer.MAX_VALUE);
        for (int i = 0; i < commits; i++) {
            world.commit(Write.large("a" + i % 7, objectBytes));
        }
        HubWorld.Watched watched = world.watch(after(0), WatchFilter.every(), world.sink());
        world.settle();
        watched.checkComplete();
        assertThat(world.readers().accepted()).isGreaterThanOrEqualTo(commits / 16);
    }

    @Test
    void noReadIsDoneForAWatchThatHasGone() {
        world.commit(Write.put("a"));
        for (int i = 0; i < 100; i++) {
            RecordingSink sink = world.sink();
            Subscription watch =
                    world.hub().subscribe(HubWorld.spec(initial(), WatchFilter::every, false), sink, world.loop());
            world.loop().drain();
            watch.cancel();
            world.loop().drain();
        }
        long before = world.model().reads();
        world.settle();
        assertThat(world.model().reads()).isEqualTo(before);
    }

    @Test
    void theEndOfAWorkspaceThatWentWithAnotherIsPassedOver() {
        Change ends = world.model().commit(ACME, List.of(Write.put("a"))).get(0);
        ChangeView gone = view(ChangeView.class, ends, Map.of("endsWorkspace", args -> true, "object", args -> {
            throw RefusedException.because(Reason.WORKSPACE_DELETED, "it went with the one above");
        }));
        WatchSpec spec = new WatchSpec(
                new Scope.Subtree(ModelStore.ROOT),
                Write.ROBOTS,
                WatchFilter::every,
                after(0),
                WatchMode.LATEST,
                false,
                false,
                0);
        List<SharedEvent> events = List.of(new SharedEvent(gone, world.model().place(ACME)));
        Conflation conflation = new Conflation(events, WatchFilter.every(), spec);
        assertThat(conflation.changesWithin(Limits.SHARE_BYTES)).isEqualTo(1);
        Chunk chunk = conflation.chunk(9);
        assertThat(chunk.size()).isZero();
        assertThat(chunk.reached()).isEqualTo(9);
    }

    /** Answers some methods of something in another way. */
    private static <T> T view(Class<T> kind, T of, Map<String, Function<Object[], Object>> otherwise) {
        return kind.cast(Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[] {kind}, (proxy, method, args) -> {
            Function<Object[], Object> answer = otherwise.get(method.getName());
            return answer == null ? method.invoke(of, args) : answer.apply(args);
        }));
    }

    /** Knows how many changes of a history hold their bodies at a time. */
    private static final class Holding {
        private final Set<ChangeView> held = Collections.newSetFromMap(new IdentityHashMap<>());
        private int most;

        History over(History history) {
            return view(History.class, history, Map.of("log", args -> {
                History.Log log = history.log((Scope) args[0], (long) args[1], (long) args[2], (int) args[3]);
                return new History.Log(log.changes().stream().map(this::counted).toList(), log.reached());
            }));
        }

        private ChangeView counted(ChangeView change) {
            return view(
                    ChangeView.class,
                    change,
                    Map.of(
                            "now",
                            args -> {
                                held.add(change);
                                most = Math.max(most, held.size());
                                return change.now();
                            },
                            "letGo",
                            args -> {
                                held.remove(change);
                                return Void.TYPE;
                            }));
        }
    }
}
