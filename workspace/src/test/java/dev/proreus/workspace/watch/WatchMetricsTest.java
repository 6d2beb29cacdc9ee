package dev.proreus.workspace.watch;

import static dev.proreus.workspace.watch.HubWorld.after;
import static dev.proreus.workspace.watch.HubWorld.initial;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.RecordedMetrics;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.watch.HubWorld.Watched;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What operators are told of watches is what happens. */
class WatchMetricsTest {
    private static final int JOIN_DISTANCE = 2;

    private final AtomicLong nanos = new AtomicLong();
    private final RecordedMetrics recorded = new RecordedMetrics(nanos::get);

    @Test
    void subscriptionsAreCountedByWhereTheirEventsComeFrom() {
        HubWorld world = new HubWorld(1 << 20, JOIN_DISTANCE, recorded.instrumentation());
        for (int i = 0; i < 10; i++) {
            world.commit(Write.put("a"));
        }
        List<Watched> stopped = List.of(
                world.watch(initial(), WatchFilter.every(), world.sink().grant(0)),
                world.watch(after(1), WatchFilter.every(), world.sink().grant(0)),
                world.watch(after(2), WatchFilter.every(), world.sink().grant(0)),
                world.watch(after(9), WatchFilter.every(), world.sink().grant(0)));
        Watched live = world.watch(after(10), WatchFilter.every(), world.sink());
        world.settle();
        assertThat(recorded.byAttribute("proreus.watch.subscriptions"))
                .isEqualTo(Map.of("starting", 0L, "snapshot", 1L, "catching_up", 2L, "joining", 1L, "live", 1L));

        stopped.forEach(each -> each.grant(100));
        world.settle();
        assertThat(recorded.byAttribute("proreus.watch.subscriptions"))
                .isEqualTo(Map.of("starting", 0L, "snapshot", 0L, "catching_up", 0L, "joining", 0L, "live", 5L));

        stopped.forEach(each -> each.subscription().cancel());
        live.subscription().cancel();
        world.settle();
        assertThat(recorded.byAttribute("proreus.watch.subscriptions").values()).containsOnly(0L);
        assertThat(recorded.sum("proreus.watch.cancels")).isEqualTo(5);
    }

    @Test
    void thoseAreHeldWhoHaveSomethingAndTakeNothing() {
        HubWorld world = new HubWorld(1 << 20, JOIN_DISTANCE, recorded.instrumentation());
        for (int i = 0; i < 10; i++) {
            world.commit(Write.put("a"));
        }
        world.watch(after(10), WatchFilter.named("b"), world.sink().grant(0));
        Watched live = world.watch(after(10), WatchFilter.every(), world.sink().grant(0));
        Watched behind = world.watch(after(1), WatchFilter.every(), world.sink().grant(0));
        world.watch(after(1), WatchFilter.every(), world.sink());
        world.settle();
        assertThat(heldAtTick(world, 1))
                .as("none that is live has anything yet")
                .isOne();

        world.commit(Write.put("a"));
        world.settle();
        assertThat(heldAtTick(world, 2)).isEqualTo(2);
        live.grant(10);
        world.settle();
        assertThat(heldAtTick(world, 3)).isOne();
        behind.subscription().cancel();
        world.settle();
        assertThat(heldAtTick(world, 4)).isZero();
    }

    @Test
    void aFallbackIsCountedWhereTheRingDroppedWhatWaited() {
        HubWorld world = new HubWorld(RingEntry.OVERHEAD_BYTES * 20L, JOIN_DISTANCE, recorded.instrumentation());
        world.commit(Write.put("a"));
        Watched watched = world.watch(after(1), WatchFilter.every(), world.sink());
        world.settle();
        watched.sink().grant(0);
        for (int i = 0; i < 40; i++) {
            world.commit(Write.put("a"));
            world.loop().drain();
        }
        assertThat(recorded.sum("proreus.watch.fallbacks")).isZero();
        watched.grant(100);
        world.settle();
        assertThat(recorded.sum("proreus.watch.fallbacks")).isOne();
        assertThat(recorded.sum("proreus.watch.passed_over")).isZero();
        watched.checkComplete();
    }

    private long heldAtTick(HubWorld world, long nanosNow) {
        world.hub().tick(nanosNow);
        world.settle();
        return recorded.sum("proreus.watch.subscriptions.held");
    }

    @Test
    void whatTheServerEndedIsNotCancelledAfterIt() {
        HubWorld world = new HubWorld(1 << 20, JOIN_DISTANCE, recorded.instrumentation());
        Watched ended = world.watch(after(1), WatchFilter.every(), world.sink());
        world.settle();
        assertThat(ended.end()).isInstanceOf(RefusedException.class);

        ended.subscription().cancel();
        world.settle();
        assertThat(recorded.sum("proreus.watch.ends")).isOne();
        assertThat(recorded.sum("proreus.watch.cancels")).isZero();
    }

    @Test
    void whatOurOwnFaultEndedIsCountedAsThat() {
        HubWorld world = new HubWorld(1 << 20, JOIN_DISTANCE, recorded.instrumentation());
        Supplier<WatchFilter> broken = () -> {
            throw new IllegalStateException("no idea");
        };
        world.watch(HubWorld.spec(initial(), broken, false), List.of(WatchFilter.every()), world.sink());
        world.settle();
        assertThat(recorded.sum("proreus.watch.faults")).isOne();
        assertThat(recorded.sum("proreus.watch.cancels")).isZero();
    }

    @Test
    void whatIsGivenIsCounted() {
        HubWorld world = new HubWorld(1 << 20, JOIN_DISTANCE, recorded.instrumentation());
        world.commit(Write.put("a"));
        Watched watched = world.watch(initial(), WatchFilter.every(), world.sink());
        world.settle();
        world.commit(Write.put("b"), Write.put("c"));
        world.settle();
        watched.subscription().requestBookmark();
        world.settle();

        assertThat(recorded.sum("proreus.watch.events"))
                .isEqualTo(watched.events().size())
                .isEqualTo(3);
        assertThat(recorded.sum("proreus.watch.messages"))
                .isEqualTo(watched.messages().size())
                .isEqualTo(2);
        assertThat(recorded.sum("proreus.watch.bookmarks"))
                .isEqualTo(watched.bookmarks().size())
                .isEqualTo(2);
        assertThat(recorded.sum("proreus.watch.events.size")).isPositive();
    }

    @Test
    void theRingAndWhatALoopHasYetToDispatchAreTold() {
        HubWorld world = new HubWorld(RingEntry.OVERHEAD_BYTES * 20L, JOIN_DISTANCE, recorded.instrumentation());
        Watched watched = world.watch(initial(), WatchFilter.every(), world.sink());
        world.settle();
        nanos.set(1_000_000_000L);
        world.commit(Write.put("a"));
        nanos.set(3_000_000_000L);
        world.commit(Write.put("b"));

        assertThat(recorded.sum("proreus.watch.ring.entries")).isEqualTo(2);
        assertThat(recorded.sum("proreus.watch.ring.size")).isGreaterThan(2 * RingEntry.OVERHEAD_BYTES);
        assertThat(recorded.sum("proreus.watch.loop.lag")).isEqualTo(2);
        assertThat(gauge("proreus.watch.loop.delay")).isEqualTo(2);
        world.settle();
        assertThat(recorded.sum("proreus.watch.loop.lag")).isZero();
        assertThat(gauge("proreus.watch.loop.delay")).isZero();
        assertThat(gauge("proreus.watch.ring.span")).isEqualTo(2);
        assertThat(recorded.sum("proreus.watch.ring.evictions")).isZero();

        for (int i = 0; i < 30; i++) {
            world.commit(Write.put("a"));
        }
        assertThat(recorded.sum("proreus.watch.passed_over")).isZero();
        world.settle();

        assertThat(recorded.sum("proreus.watch.passed_over")).isOne();
        assertThat(recorded.sum("proreus.watch.fallbacks")).isOne();
        assertThat(recorded.sum("proreus.watch.ring.evictions") + recorded.sum("proreus.watch.ring.entries"))
                .isEqualTo(32);
        watched.checkComplete();
    }

    @Test
    void readsOfHistoryAreToldWithHowFarBackTheyReach() {
        HubWorld world = new HubWorld(1 << 20, JOIN_DISTANCE, recorded.instrumentation());
        world.model().chunks(100, 100);
        for (int i = 0; i < 10; i++) {
            world.commit(Write.put("a"));
        }
        world.watch(after(1), WatchFilter.every(), world.sink());
        world.watch(after(4), WatchFilter.named("a"), world.sink());
        world.loop().drain();
        assertThat(recorded.sum("proreus.watch.history.reads")).isEqualTo(2);
        world.settle();
        assertThat(recorded.sum("proreus.watch.history.reads")).isZero();
        assertThat(recorded.sum("proreus.watch.history.distance.most")).isEqualTo(9);
        assertThat(recorded.metric("proreus.watch.history.distance")
                        .getHistogramData()
                        .getPoints())
                .singleElement()
                .satisfies(point -> assertThat(point.getSum()).isEqualTo(9 + 6));
        assertThat(recorded.sum("proreus.watch.ring.limit")).isEqualTo(1 << 20);
    }

    private double gauge(String name) {
        return recorded.metric(name)
                .getDoubleGaugeData()
                .getPoints()
                .iterator()
                .next()
                .getValue();
    }
}
