package dev.proreus.workspace.watch;

import static dev.proreus.workspace.watch.HubWorld.ACME;
import static dev.proreus.workspace.watch.HubWorld.after;
import static dev.proreus.workspace.watch.HubWorld.initial;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Change;
import dev.proreus.workspace.ChangeView;
import dev.proreus.workspace.History;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.watch.HubWorld.Watched;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A history that does not keep to its contract ends the watch as a fault: nothing is given out of order or left out.
 */
class LyingHistoryTest {
    private final HubWorld world = HubWorld.roomy();
    private final ModelStore model = world.model();

    LyingHistoryTest() {
        for (int i = 0; i < 4; i++) {
            world.commit(Write.put("a"));
        }
    }

    @Test
    void aLogThatReachesNowhereIsAFault() {
        assertFault(through -> new History.Log(List.of(), 1), "says that it reached 1");
    }

    @Test
    void aLogThatReachesFurtherThanItWasAskedIsAFault() {
        assertFault(through -> new History.Log(List.of(), through + 1), "says that it reached 5");
    }

    @Test
    void aChangeThatIsNotAboveTheStartIsAFault() {
        assertFault(through -> new History.Log(changes(1), through), "gave position 1 where one from 2 to 4");
    }

    @Test
    void aChangeAboveWhatIsSaidToBeReachedIsAFault() {
        assertFault(through -> new History.Log(changes(4), 3), "gave position 4 where one from 2 to 3");
    }

    @Test
    void changesOutOfOrderAreAFault() {
        assertFault(through -> new History.Log(changes(3, 2), through), "gave position 2 where one from 3 to 4");
    }

    @Test
    void severalChangesOfAPositionAndNoneOfAnotherAreNone() {
        Watched watched = watch(through -> new History.Log(changes(3, 3), through), after(1));
        assertThat(watched.events()).containsExactly("modified a@3", "modified a@3");
    }

    @Test
    void aPageWithoutStatesThatSaysThatOthersFollowIsAFault() {
        Watched watched = watch(through -> new History.Log(List.of(), through), initial());
        assertThat(watched.end()).isNotInstanceOf(RefusedException.class).hasStackTraceContaining("others follow");
    }

    private List<ChangeView> changes(long... revisions) {
        List<ChangeView> list = new ArrayList<>();
        WatchSpec spec = HubWorld.spec(initial(), WatchFilter::every, false);
        for (long revision : revisions) {
            List<Change> of = model.changes(spec, revision - 1, revision);
            list.addAll(of);
        }
        return list;
    }

    private void assertFault(LongFunction<History.Log> log, String message) {
        Watched watched = watch(log, after(1));
        assertThat(watched.events()).isEmpty();
        assertThat(watched.end()).isNotInstanceOf(RefusedException.class).hasStackTraceContaining(message);
    }

    private Watched watch(LongFunction<History.Log> log, WatchStart start) {
        WatchHub hub = new WatchHub(
                1 << 20,
                new Lying(log),
                model,
                model::place,
                world.readers(),
                1,
                new WatchMetrics(Instrumentation.none()));
        WatchSpec spec = HubWorld.spec(start, WatchFilter::every, false);
        RecordingSink sink = new RecordingSink(() -> model.head(ACME));
        Watched watched =
                new Watched(world, spec, List.of(WatchFilter.every()), sink, hub.subscribe(spec, sink, world.loop()));
        world.settle();
        return watched;
    }

    /** Says of the log what a test makes it say, and of states that there are others and never which. */
    private record Lying(LongFunction<Log> log) implements History {
        @Override
        public Log log(Scope scope, long afterExclusive, long throughInclusive, int maxRows) {
            return log.apply(throughInclusive);
        }

        @Override
        public Log versions(
                long workspaceId,
                int typeId,
                String name,
                long afterExclusive,
                long throughInclusive,
                boolean origins,
                int maxRows) {
            throw new AssertionError("nobody asks for one object");
        }

        @Override
        public States states(
                long workspaceId,
                int typeId,
                @Nullable String name,
                @Nullable String afterName,
                long atRevision,
                int maxObjects,
                int maxBytes) {
            return new States(List.of(), true);
        }

        @Override
        public SortedMap<Long, Long> revisions(Scope.Subtree scope, long sequence) {
            throw new AssertionError("nobody asks for a subtree");
        }
    }
}
