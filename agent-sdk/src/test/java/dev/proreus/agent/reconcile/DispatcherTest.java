package dev.proreus.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.agent.AgentObject;
import dev.proreus.agent.Claim;
import dev.proreus.agent.Fields;
import dev.proreus.agent.Handler;
import dev.proreus.agent.ReconcileContext;
import dev.proreus.agent.Reconciler;
import dev.proreus.agent.Result;
import dev.proreus.agent.pace.Backoff;
import dev.proreus.agent.pace.ManualLoop;
import dev.proreus.agent.view.Changes;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Days of work in milliseconds: the loop's time is the test's, and workers run when the test lets them. */
class DispatcherTest {
    private static final int WORKERS = 2;
    private static final long SEED = 4711;

    private final ManualLoop loop = new ManualLoop();
    private final Deque<Runnable> pool = new ArrayDeque<>();
    private final Map<String, AgentObject> held = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final List<Long> callTimes = new ArrayList<>();
    private Reconciler author = (object, context) -> Result.ready("Done");
    private Duration resync = Duration.ZERO;

    @Test
    void noMoreCallsThanWorkersAndOneAtATimeForEachObject() {
        Dispatcher dispatcher = dispatcher();
        hold("a", 1);
        hold("b", 1);
        hold("c", 1);

        changed(dispatcher, "a", "b", "c");
        changed(dispatcher, "a");

        assertThat(pool).hasSize(WORKERS);
        work();
        assertThat(calls).containsExactlyInAnyOrder("a@1", "b@1", "c@1", "a@1");
    }

    @Test
    void aCallSeesTheNewestStateHoweverManyThereWere() {
        Dispatcher dispatcher = dispatcher();
        for (int generation = 1; generation <= 5; generation++) {
            hold("a", generation);
            changed(dispatcher, "a");
        }
        work();

        assertThat(calls).containsExactly("a@1", "a@5");
    }

    @Test
    void failuresAreRepeatedWithGrowingDelaysForEver() {
        author = (object, context) -> {
            throw new IllegalStateException("broken");
        };
        Dispatcher dispatcher = dispatcher();
        hold("a", 1);
        changed(dispatcher, "a");
        for (int i = 0; i < 24 * 60 * 60; i++) {
            work();
            loop.advance(Duration.ofSeconds(1));
        }

        assertThat(calls.size()).as("seed %s", SEED).isBetween(24 * 60 / 5, 24 * 60);
        long last = callTimes.get(callTimes.size() - 1);
        assertThat(Duration.ofNanos(loop.nanoTime() - last)).isLessThanOrEqualTo(Duration.ofSeconds(302));
        assertThat(callTimes.get(5) - callTimes.get(0))
                .isLessThan(Duration.ofSeconds(15).toNanos());
    }

    @Test
    void aChangeOfTheSpecEndsTheWait() {
        author = (object, context) ->
                object.generation() == 1 ? Result.failed("Broken").again(Duration.ofHours(1)) : Result.ready("Done");
        Dispatcher dispatcher = dispatcher();
        hold("a", 1);
        changed(dispatcher, "a");
        work();
        hold("a", 2);
        changed(dispatcher, "a");
        work();
        loop.advance(Duration.ofHours(2));
        work();

        assertThat(calls).containsExactly("a@1", "a@2");
    }

    @Test
    void againIsKeptToTheMillisecond() {
        author = (object, context) -> Result.progressing("Moving").again(Duration.ofMillis(200));
        Dispatcher dispatcher = dispatcher();
        hold("a", 1);
        changed(dispatcher, "a");
        work();
        loop.advance(Duration.ofMillis(199));
        work();
        assertThat(calls).hasSize(1);
        loop.advance(Duration.ofMillis(1));
        work();
        assertThat(calls).hasSize(2);
        assertThat(loop.timers()).isEqualTo(1);
    }

    @Test
    void absurdDelaysHoldUpNobody() {
        Duration forEver = ChronoUnit.FOREVER.getDuration();
        resync = forEver;
        author = (object, context) -> switch (object.name()) {
            case "a" -> Result.progressing("Waiting").again(forEver);
            case "b" -> Result.failed("Waiting").again(Duration.ofNanos(Long.MAX_VALUE));
            default -> Result.ready("Done");
        };
        Dispatcher dispatcher = dispatcher();
        for (int generation = 1; generation <= 2; generation++) {
            for (String name : List.of("a", "b", "c", "d")) {
                hold(name, generation);
                changed(dispatcher, name);
            }
            work();
        }
        loop.advance(Duration.ofDays(1));
        work();

        assertThat(calls).containsExactly("a@1", "b@1", "c@1", "d@1", "a@2", "b@2", "c@2", "d@2");
    }

    @Test
    void whatFailsOnceMoreAfterItHasGoneIsNotRemembered() {
        author = (object, context) -> Result.failed("Broken");
        Dispatcher dispatcher = dispatcher();
        for (int i = 0; i < 10; i++) {
            hold("a" + i, 1);
            changed(dispatcher, "a" + i);
            held.clear();
            dispatcher.changed(0, new Changes(Set.of("a" + i), Set.of(), false));
            work();
        }

        assertThat(calls).hasSize(10);
        assertThat(dispatcher.failing()).isZero();
    }

    @Test
    void whatIsDoneIsLookedAtAgainNowAndThen() {
        resync = Duration.ofMinutes(10);
        Dispatcher dispatcher = dispatcher();
        hold("a", 1);
        changed(dispatcher, "a");
        for (int i = 0; i < 60; i++) {
            work();
            loop.advance(Duration.ofMinutes(1));
        }

        assertThat(calls.size()).as("seed %s", SEED).isBetween(5, 7);
    }

    @Test
    void aCallIsToldThatItsStateIsOutOfDate() {
        List<ReconcileContext> contexts = new ArrayList<>();
        author = (object, context) -> {
            contexts.add(context);
            return Result.ready("Done");
        };
        Dispatcher dispatcher = dispatcher();
        hold("a", 1);
        changed(dispatcher, "a");
        Runnable call = pool.remove();
        changed(dispatcher, "a");
        call.run();
        assertThat(contexts.get(0).outdated()).isTrue();
        work();
        assertThat(calls).hasSize(2);
        assertThat(contexts.get(1).outdated()).isFalse();
    }

    @Test
    void whatIsGoneIsNotCalledFor() {
        author = (object, context) -> Result.progressing("Moving").again(Duration.ofMillis(200));
        Dispatcher dispatcher = dispatcher();
        hold("a", 1);
        changed(dispatcher, "a");
        work();
        held.clear();
        dispatcher.changed(0, new Changes(Set.of("a"), Set.of(), false));
        loop.advance(Duration.ofMinutes(1));
        work();

        assertThat(calls).containsExactly("a@1");
        assertThat(loop.timers()).isZero();
    }

    @Test
    void aRefusedReportDelaysTheNextCall() {
        author = (object, context) -> Result.progressing("Moving").again(Duration.ofMillis(1));
        Dispatcher dispatcher = dispatcher();
        hold("a", 1);
        changed(dispatcher, "a");
        work();
        for (int i = 0; i < 20; i++) {
            dispatcher.reportRefused(new ObjectKey(0, "a"));
        }
        loop.advance(Duration.ofMillis(1));
        work();
        assertThat(calls).hasSize(1);
        loop.advance(Duration.ofMinutes(5));
        work();
        assertThat(calls).hasSize(2);
    }

    @Test
    void stoppingWaitsForTheCallsUnderWay() {
        Dispatcher dispatcher = dispatcher();
        hold("a", 1);
        hold("b", 1);
        hold("c", 1);
        changed(dispatcher, "a", "b", "c");
        List<String> stopped = new ArrayList<>();
        dispatcher.stop(() -> stopped.add("stopped"));
        assertThat(stopped).isEmpty();
        work();
        assertThat(calls).containsExactly("a@1", "b@1");
        assertThat(stopped).isNotEmpty();
    }

    private Dispatcher dispatcher() {
        Reconciler counted = (object, context) -> {
            calls.add(object.name() + "@" + object.generation());
            callTimes.add(loop.nanoTime());
            return author.reconcile(object, context);
        };
        return new Dispatcher(
                List.of(new Handler("robots", new Claim.WholeType(), resync, counted)),
                WORKERS,
                pool::add,
                loop,
                new Backoff(Duration.ofMillis(200), Duration.ofMinutes(5), new SplittableRandom(SEED)),
                new HeldObjects());
    }

    private void hold(String name, long generation) {
        held.put(
                name,
                new AgentObject(
                        "root:acme",
                        "robots",
                        name,
                        "uid-" + name,
                        generation,
                        generation,
                        Map.of(),
                        Fields.empty(),
                        Fields.empty()));
    }

    private void changed(Dispatcher dispatcher, String... names) {
        dispatcher.changed(0, new Changes(Set.of(), new LinkedHashSet<>(List.of(names)), false));
    }

    /** Lets the workers and the loop run until neither has anything to do now. */
    private void work() {
        loop.run();
        while (!pool.isEmpty()) {
            pool.remove().run();
            loop.run();
        }
    }

    private final class HeldObjects implements Dispatcher.Objects {
        @Override
        public Optional<AgentObject> newest(ObjectKey key) {
            return Optional.ofNullable(held.get(key.name()));
        }

        @Override
        public boolean isReported(ObjectKey key) {
            return true;
        }

        @Override
        public long epoch() {
            return 1;
        }

        @Override
        public void reconciled(ObjectKey key, AgentObject seen, Result result) {}
    }
}
