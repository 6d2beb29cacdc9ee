package dev.proreus.workspace.watch;

import static dev.proreus.workspace.watch.HubWorld.after;
import static dev.proreus.workspace.watch.HubWorld.initial;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.watch.HubWorld.Watched;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What operators are told of watches is what happens. */
class WatchMetricsTest {
    private static final int JOIN_DISTANCE = 2;

    private final InMemoryMetricReader reader = InMemoryMetricReader.create();
    private final AtomicLong nanos = new AtomicLong();
    private final Instrumentation instrumentation = new Instrumentation(nanos::get);

    WatchMetricsTest() {
        instrumentation.attach(
                SdkMeterProvider.builder().registerMetricReader(reader).build().get("test"));
    }

    @Test
    void subscriptionsAreCountedByWhereTheirEventsComeFrom() {
        HubWorld world = new HubWorld(1 << 20, JOIN_DISTANCE, instrumentation);
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
        assertThat(subscriptions())
                .isEqualTo(Map.of("starting", 0L, "snapshot", 1L, "catching_up", 2L, "joining", 1L, "live", 1L));

        stopped.forEach(each -> each.grant(100));
        world.settle();
        assertThat(subscriptions())
                .isEqualTo(Map.of("starting", 0L, "snapshot", 0L, "catching_up", 0L, "joining", 0L, "live", 5L));

        stopped.forEach(each -> each.subscription().cancel());
        live.subscription().cancel();
        world.settle();
        assertThat(subscriptions().values()).containsOnly(0L);
        assertThat(sum("proreus.watch.cancels")).isEqualTo(5);
    }

    @Test
    void thoseAreHeldWhoHaveSomethingAndTakeNothing() {
        HubWorld world = new HubWorld(1 << 20, JOIN_DISTANCE, instrumentation);
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
        HubWorld world = new HubWorld(RingEntry.OVERHEAD_BYTES * 20L, JOIN_DISTANCE, instrumentation);
        world.commit(Write.put("a"));
        Watched watched = world.watch(after(1), WatchFilter.every(), world.sink());
        world.settle();
        watched.sink().grant(0);
        for (int i = 0; i < 40; i++) {
            world.commit(Write.put("a"));
            world.loop().drain();
        }
        assertThat(sum("proreus.watch.fallbacks")).isZero();
        watched.grant(100);
        world.settle();
        assertThat(sum("proreus.watch.fallbacks")).isOne();
        assertThat(sum("proreus.watch.passed_over")).isZero();
        watched.checkComplete();
    }

    private long heldAtTick(HubWorld world, long nanosNow) {
        world.hub().tick(nanosNow);
        world.settle();
        return sum("proreus.watch.subscriptions.held");
    }

    @Test
    void whatTheServerEndedIsNotCancelledAfterIt() {
        HubWorld world = new HubWorld(1 << 20, JOIN_DISTANCE, instrumentation);
        Watched ended = world.watch(after(1), WatchFilter.every(), world.sink());
        world.settle();
        assertThat(ended.end()).isInstanceOf(RefusedException.class);

        ended.subscription().cancel();
        world.settle();
        assertThat(sum("proreus.watch.ends")).isOne();
        assertThat(sum("proreus.watch.cancels")).isZero();
    }

    @Test
    void whatOurOwnFaultEndedIsCountedAsThat() {
        HubWorld world = new HubWorld(1 << 20, JOIN_DISTANCE, instrumentation);
        Supplier<WatchFilter> broken = () -> {
            throw new IllegalStateException("no idea");
        };
        world.watch(HubWorld.spec(initial(), broken, false), List.of(WatchFilter.every()), world.sink());
        world.settle();
        assertThat(sum("proreus.watch.faults")).isOne();
        assertThat(sum("proreus.watch.cancels")).isZero();
    }

    @Test
    void whatIsGivenIsCounted() {
        HubWorld world = new HubWorld(1 << 20, JOIN_DISTANCE, instrumentation);
        world.commit(Write.put("a"));
        Watched watched = world.watch(initial(), WatchFilter.every(), world.sink());
        world.settle();
        world.commit(Write.put("b"), Write.put("c"));
        world.settle();
        watched.subscription().requestBookmark();
        world.settle();

        assertThat(sum("proreus.watch.events"))
                .isEqualTo(watched.events().size())
                .isEqualTo(3);
        assertThat(sum("proreus.watch.messages"))
                .isEqualTo(watched.messages().size())
                .isEqualTo(2);
        assertThat(sum("proreus.watch.bookmarks"))
                .isEqualTo(watched.bookmarks().size())
                .isEqualTo(2);
        assertThat(sum("proreus.watch.events.size")).isPositive();
    }

    @Test
    void theRingAndWhatALoopHasYetToDispatchAreTold() {
        HubWorld world = new HubWorld(RingEntry.OVERHEAD_BYTES * 20L, JOIN_DISTANCE, instrumentation);
        Watched watched = world.watch(initial(), WatchFilter.every(), world.sink());
        world.settle();
        nanos.set(1_000_000_000L);
        world.commit(Write.put("a"));
        nanos.set(3_000_000_000L);
        world.commit(Write.put("b"));

        assertThat(sum("proreus.watch.ring.entries")).isEqualTo(2);
        assertThat(sum("proreus.watch.ring.size")).isGreaterThan(2 * RingEntry.OVERHEAD_BYTES);
        assertThat(sum("proreus.watch.loop.lag")).isEqualTo(2);
        assertThat(gauge("proreus.watch.loop.delay")).isEqualTo(2);
        world.settle();
        assertThat(sum("proreus.watch.loop.lag")).isZero();
        assertThat(gauge("proreus.watch.loop.delay")).isZero();
        assertThat(gauge("proreus.watch.ring.span")).isEqualTo(2);
        assertThat(sum("proreus.watch.ring.evictions")).isZero();

        for (int i = 0; i < 30; i++) {
            world.commit(Write.put("a"));
        }
        assertThat(sum("proreus.watch.passed_over")).isZero();
        world.settle();

        assertThat(sum("proreus.watch.passed_over")).isOne();
        assertThat(sum("proreus.watch.fallbacks")).isOne();
        assertThat(sum("proreus.watch.ring.evictions") + sum("proreus.watch.ring.entries"))
                .isEqualTo(32);
        watched.checkComplete();
    }

    @Test
    void readsOfHistoryAreToldWithHowFarBackTheyReach() {
        HubWorld world = new HubWorld(1 << 20, JOIN_DISTANCE, instrumentation);
        world.model().chunks(100, 100);
        for (int i = 0; i < 10; i++) {
            world.commit(Write.put("a"));
        }
        world.watch(after(1), WatchFilter.every(), world.sink());
        world.watch(after(4), WatchFilter.named("a"), world.sink());
        world.loop().drain();
        assertThat(sum("proreus.watch.history.reads")).isEqualTo(2);
        world.settle();
        assertThat(sum("proreus.watch.history.reads")).isZero();
        assertThat(sum("proreus.watch.history.distance.most")).isEqualTo(9);
        assertThat(metric("proreus.watch.history.distance").getHistogramData().getPoints())
                .singleElement()
                .satisfies(point -> assertThat(point.getSum()).isEqualTo(9 + 6));
        assertThat(sum("proreus.watch.ring.limit")).isEqualTo(1 << 20);
    }

    private Map<String, Long> subscriptions() {
        Map<String, Long> counts = new TreeMap<>();
        metric("proreus.watch.subscriptions")
                .getLongSumData()
                .getPoints()
                .forEach(point ->
                        point.getAttributes().forEach((key, state) -> counts.put(state.toString(), point.getValue())));
        return counts;
    }

    private long sum(String name) {
        return metric(name).getLongSumData().getPoints().stream()
                .mapToLong(LongPointData::getValue)
                .sum();
    }

    private double gauge(String name) {
        return metric(name).getDoubleGaugeData().getPoints().iterator().next().getValue();
    }

    private MetricData metric(String name) {
        return reader.collectAllMetrics().stream()
                .filter(metric -> metric.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + name));
    }
}
