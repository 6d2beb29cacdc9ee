package dev.proreus.workspace.watch;

import static dev.proreus.workspace.watch.HubWorld.ACME;
import static dev.proreus.workspace.watch.HubWorld.after;
import static dev.proreus.workspace.watch.HubWorld.initial;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proreus.workspace.History;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.Term;
import dev.proreus.workspace.watch.HubWorld.Watched;
import dev.proreus.workspace.watch.RecordingSink.Call;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong for one subscription, which is nobody else's business and never passed over in silence. */
class WatchFailuresTest {
    private final HubWorld world = HubWorld.roomy();

    @Test
    void belowTheFloorAPlainWatchEnds() {
        for (int i = 0; i < 10; i++) {
            world.commit(Write.put("a"));
        }
        world.model().raiseFloor(ACME, 5);
        Watched watched = world.watch(after(4), WatchFilter.every(), world.sink());
        Watched atTheFloor = world.watch(after(5), WatchFilter.every(), world.sink());
        world.settle();
        assertThat(((RefusedException) watched.end()).reason()).isEqualTo(Reason.RESOURCE_VERSION_EXPIRED);
        atTheFloor.checkComplete();
        assertThat(atTheFloor.events()).startsWith("modified a@6");
    }

    @Test
    void aDeleteAtTheFloorIsNotForgotten() {
        world.commit(Write.put("a"));
        world.commit(Write.put("b"));
        world.commit(Write.remove("a"));
        world.model().raiseFloor(ACME, 2);
        Watched watched = world.watch(after(2), WatchFilter.every(), world.sink());
        world.settle();
        assertThat(watched.events()).containsExactly("deleted a@3");
    }

    /** What was dispatched to the end was given, so a floor that stands there has nothing to refuse. */
    @Test
    void atTheFloorAPassedOverWatchThatMissedNothingGoesOn() {
        HubWorld small = new HubWorld(12_000, 5);
        small.commit(Write.put("a"));
        Watched watched = small.watch(initial(), WatchFilter.named("b"), small.sink());
        small.settle();
        small.commit(Write.put("a"));
        small.settle();
        small.model().raiseFloor(ACME, 2);
        for (int i = 0; i < 100; i++) {
            small.commitIn(ACME + 1, Write.put("a"));
        }
        small.settle();
        small.commit(Write.put("b"));
        small.settle();
        assertThat(watched.events()).containsExactly("added b@3");
    }

    /** A place among the readers that was taken for nothing would never be given back. */
    @Test
    void readersThatFailBadlyAreTriedAgain() {
        AtomicInteger failures = new AtomicInteger(10);
        CatchUp catchUp = new CatchUp(
                world.model(),
                task -> {
                    if (failures.getAndDecrement() > 0) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    world.readers().execute(task);
                },
                2,
                world.model()::place,
                HubWorld.unpaced());
        world.commit(Write.put("a"));
        HistoryRead.OfChanges read = new HistoryRead.OfChanges(
                answered -> {}, HubWorld.spec(after(0), WatchFilter::every, false), WatchFilter.every(), 0, 1);
        assertThatThrownBy(() -> catchUp.submit(read)).isInstanceOf(OutOfMemoryError.class);
        while (failures.get() > 0) {
            assertThatThrownBy(catchUp::dispatch).isInstanceOf(OutOfMemoryError.class);
        }
        catchUp.dispatch();
        world.readers().drain();
        assertThat(read.chunk().isEmpty()).isFalse();
    }

    /** Nor one whose answer nobody takes, as of a loop that has ended. */
    @Test
    void readsWhoseAnswersAreNotTakenTakeNoPlaces() {
        CatchUp catchUp = new CatchUp(world.model(), world.readers(), 1, world.model()::place, HubWorld.unpaced());
        world.commit(Write.put("a"));
        for (int i = 0; i < 3; i++) {
            HistoryRead.OfChanges read = new HistoryRead.OfChanges(
                    answered -> {
                        throw new RejectedExecutionException("ended");
                    },
                    HubWorld.spec(after(0), () -> WatchFilter.named("a"), false),
                    WatchFilter.named("a"),
                    0,
                    1);
            catchUp.submit(read);
            assertThatThrownBy(world.readers()::step).isInstanceOf(RejectedExecutionException.class);
            assertThat(catchUp.size()).isZero();
        }
    }

    @Test
    void busyReadersAreWaitedFor() {
        world.readers().reject(true);
        world.commit(Write.put("a"));
        Watched watched = world.watch(initial(), WatchFilter.every(), world.sink());
        world.settle();
        assertThat(watched.calls()).isEmpty();
        world.readers().reject(false);
        world.hub().tick(1);
        world.settle();
        watched.checkComplete();
        assertThat(watched.events()).containsExactly("added a@1");
    }

    @Test
    void aHistoryThatFailsEndsTheWatchAsAFaultThatTellsWhere() {
        HubWorld broken = HubWorld.roomy();
        IllegalStateException cause = new IllegalStateException("a page is torn");
        Watched watched = watchOver(broken, new Torn(cause));
        assertThat(watched.end())
                .isNotInstanceOf(RefusedException.class)
                .hasMessageContaining("type " + Write.ROBOTS)
                .hasMessageContaining("workspace " + ACME)
                .hasCause(cause);
    }

    @Test
    void aHistoryThatFailsBadlyEndsTheWatchToo() {
        StackOverflowError cause = new StackOverflowError();
        Watched watched = watchOver(HubWorld.roomy(), new Torn(cause));
        assertThat(watched.end()).isNotInstanceOf(RefusedException.class).hasRootCause(cause);
    }

    @Test
    void aSinkThatFailsHarmsNobodyElse() {
        BrokenSink broken = new BrokenSink();
        harmsNobodyElse(broken);
        assertThat(broken.calls).as("events, then the end").isEqualTo(2);
    }

    @Test
    void aSinkThatFailsBadlyHarmsNobodyElse() {
        harmsNobodyElse(new BrokenSink() {
            @Override
            public void events(WatchMessage message) {
                throw new StackOverflowError();
            }

            @Override
            public void ended(RuntimeException why) {}
        });
    }

    @Test
    void aSinkThatThrowsWhatItThrewBeforeHarmsNobodyElse() {
        IllegalStateException closed = new IllegalStateException("the call is closed");
        harmsNobodyElse(new BrokenSink() {
            @Override
            public void events(WatchMessage message) {
                throw closed;
            }

            @Override
            public void ended(RuntimeException why) {
                throw closed;
            }
        });
    }

    @Test
    void aSinkThatThrowsWhatItIsToldHarmsNobodyElse() {
        harmsNobodyElse(new BrokenSink() {
            @Override
            public void ended(RuntimeException why) {
                throw why;
            }
        });
    }

    private void harmsNobodyElse(WatchSink broken) {
        Watched before = live();
        world.hub().subscribe(HubWorld.spec(initial(), WatchFilter::every, false), broken, world.loop());
        world.settle();
        Watched behind = live();
        world.commit(Write.put("a"));
        world.settle();
        world.commit(Write.put("a"));
        world.settle();
        before.checkComplete();
        behind.checkComplete();
    }

    @Test
    void aFilterThatFailsHarmsNobodyElse() {
        filterHarmsNobodyElse(new IllegalStateException("no idea"));
    }

    @Test
    void aFilterThatFailsBadlyHarmsNobodyElse() {
        filterHarmsNobodyElse(new StackOverflowError("no idea"));
    }

    private void filterHarmsNobodyElse(Throwable cause) {
        Watched before = live();
        Watched broken = world.watch(initial(), new FailsOn("a", cause), world.sink());
        Watched behind = live();
        Watched above = world.watchSubtree(new WatchStart.Now(), WatchFilter.every(), WatchMode.EVERY);
        world.settle();
        world.commit(Write.put("a"));
        world.settle();
        Watched late = world.watch(after(0), WatchFilter.every(), world.sink());
        Watched lateAndBroken = world.watch(after(0), new FailsOn("a", cause), world.sink());
        world.settle();
        for (Watched each : List.of(before, behind, late)) {
            each.checkComplete();
        }
        assertThat(above.events()).containsExactly("added a@1");
        assertThat(broken.end()).isNotInstanceOf(RefusedException.class).hasRootCause(cause);
        assertThat(lateAndBroken.end()).hasRootCause(cause);
    }

    /** Whoever resumed above would never hear of what the filter failed on. */
    @ParameterizedTest
    @EnumSource
    void aWatchWhoseFilterFailedIsToldOfNothingAbove(WatchMode mode) {
        WatchFilter filter = new FailsOn("a", new IllegalStateException("no idea"));
        WatchSpec spec = new WatchSpec(
                new Scope.OneWorkspace(ACME), Write.ROBOTS, () -> filter, new WatchStart.Now(), mode, false, false, 0);
        Watched watched = world.watch(spec, List.of(filter), world.sink());
        world.settle();
        int before = watched.calls().size();
        world.stageBatch(List.of(List.of(Write.put("a")), List.of(Write.put("b"))));
        world.drainCommitter();
        watched.subscription().requestBookmark();
        world.settle();
        assertThat(watched.calls().subList(before, watched.calls().size()))
                .singleElement()
                .isInstanceOf(Call.Ended.class);
    }

    @Test
    void aFilterThatIsRefusedEndsTheWatchWithTheRefusal() {
        RefusedException why = RefusedException.because(Reason.SUPERSEDED, "another instance drives now");
        WatchSpec spec = HubWorld.spec(
                initial(),
                () -> {
                    throw why;
                },
                false);
        Watched watched = world.watch(spec, List.of(WatchFilter.every()), world.sink());
        world.settle();
        assertThat(watched.calls()).containsExactly(new Call.Ended(why));
    }

    @Test
    void aLoopThatRefusesWorkDoesNotHarmTheCommitter() {
        Watched watched = live();
        world.loop().reject(true);
        world.commit(Write.put("a"));
        world.commit(Write.put("a"));
        world.loop().reject(false);
        world.commit(Write.put("a"));
        world.settle();
        watched.checkComplete();
        assertThat(watched.events()).hasSize(3);
    }

    @Test
    void aSinkMayCancelWithinACall() {
        Subscription[] own = new Subscription[1];
        int[] calls = {0};
        own[0] = world.hub()
                .subscribe(
                        HubWorld.spec(after(0), WatchFilter::every, false),
                        new BrokenSink() {
                            @Override
                            public void events(WatchMessage message) {
                                calls[0]++;
                                own[0].cancel();
                            }
                        },
                        world.loop());
        world.settle();
        for (int i = 0; i < 5; i++) {
            world.commit(Write.large("a", 20_000));
        }
        world.settle();
        assertThat(calls[0]).isEqualTo(1);
    }

    private Watched live() {
        Watched watched = world.watch(initial(), WatchFilter.every(), world.sink());
        world.settle();
        return watched;
    }

    private static Watched watchOver(HubWorld world, History history) {
        WatchHub hub = new WatchHub(
                1 << 20,
                history,
                world.model(),
                world.model()::place,
                world.readers(),
                1,
                new WatchMetrics(Instrumentation.none()));
        WatchSpec spec = HubWorld.spec(initial(), WatchFilter::every, false);
        RecordingSink sink = world.sink();
        Watched watched =
                new Watched(world, spec, List.of(WatchFilter.every()), sink, hub.subscribe(spec, sink, world.loop()));
        world.settle();
        return watched;
    }

    /** Fails. */
    private static class BrokenSink implements WatchSink {
        private int calls;

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void events(WatchMessage message) {
            calls++;
            throw new IllegalStateException("the call is closed");
        }

        @Override
        public void snapshotBegin(long revision) {}

        @Override
        public void bookmark(long revision, boolean initialDone) {}

        @Override
        public void ended(RuntimeException why) {
            calls++;
            throw new IllegalStateException("the call is still closed");
        }
    }

    /** Wants all, and fails on one. */
    private record FailsOn(String badName, Throwable cause) implements WatchFilter {
        @Override
        public @Nullable String name() {
            return null;
        }

        @Override
        public List<Term> terms() {
            return List.of();
        }

        @Override
        public boolean matches(Selectable state) {
            if (state.name().equals(badName)) {
                throw thrown(cause);
            }
            return true;
        }
    }

    /** Throws an error; returns an exception. */
    private static RuntimeException thrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return (RuntimeException) cause;
    }

    /** Cannot be read. */
    private record Torn(Throwable cause) implements History {
        @Override
        public Log log(Scope scope, long afterExclusive, long throughInclusive, int maxRows) {
            throw fail();
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
            throw fail();
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
            throw fail();
        }

        @Override
        public SortedMap<Long, Long> revisions(Scope.Subtree scope, long sequence) {
            throw fail();
        }

        private RuntimeException fail() {
            if (cause instanceof Error error) {
                throw error;
            }
            return (RuntimeException) cause;
        }
    }
}
