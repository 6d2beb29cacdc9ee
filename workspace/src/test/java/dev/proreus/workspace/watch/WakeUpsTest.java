package dev.proreus.workspace.watch;

import static dev.proreus.workspace.watch.HubWorld.after;
import static dev.proreus.workspace.watch.HubWorld.initial;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.RecordedMetrics;
import dev.proreus.workspace.watch.HubWorld.Watched;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A commit costs an event loop something only where a watch there may want it at once. */
class WakeUpsTest {
    private static final int JOIN_DISTANCE = 5;
    private static final int RING_ENTRIES = 20;

    private final RecordedMetrics recorded = new RecordedMetrics(new AtomicLong()::get);
    private final HubWorld world =
            new HubWorld(RingEntry.OVERHEAD_BYTES * (long) RING_ENTRIES, JOIN_DISTANCE, recorded.instrumentation());

    @Test
    void aChangeWakesALoopOfALiveWatch() {
        world.watch(initial(), WatchFilter.every(), world.sink());
        world.settle();
        world.commit(Write.put("a"));
        assertThat(world.loop().hasWork()).isTrue();
    }

    @Test
    void aChangeWakesNoLoopWhoseWatchesHaveEnded() {
        Watched watched = world.watch(initial(), WatchFilter.every(), world.sink());
        world.settle();
        watched.subscription().cancel();
        world.settle();
        world.commit(Write.put("a"));
        assertThat(world.loop().hasWork()).isFalse();
    }

    @Test
    void aChangeWakesNoLoopWhoseWatchesReadHistory() {
        Watched watched = behindAndHeld();
        world.commit(Write.put("a"));
        assertThat(world.loop().hasWork()).isFalse();
        watched.grant(1_000);
        world.settle();
        world.commit(Write.put("a"));
        world.settle();
        watched.checkComplete();
    }

    @Test
    void theEndOfATypeWakesThatLoopToo() {
        Watched watched = behindAndHeld();
        world.deleteType();
        world.settle();
        assertThat(watched.end()).hasMessageContaining("type");
    }

    @Test
    void theEndOfAWorkspaceWakesThatLoopToo() {
        Watched watched = behindAndHeld();
        world.deleteWorkspace();
        world.settle();
        assertThat(watched.end()).hasMessageContaining("workspace");
    }

    /** Whatever it has asked about the head by then, and though nothing happens later that would wake its loop. */
    @Test
    void whatIsPublishedWhileAWatchComesIsTold() {
        int times = 0;
        AtomicBoolean published = new AtomicBoolean(true);
        while (published.getAndSet(false)) {
            times++;
            HubWorld another = HubWorld.roomy();
            another.commit(Write.put("a"));
            another.model().onceHeadWasTold(times, () -> {
                published.set(true);
                another.commit(Write.put("b"));
            });
            Watched watched = another.watch(initial(), WatchFilter.every(), another.sink());
            another.settle();
            assertThat(watched.events())
                    .as("published when the head was told %d times", times)
                    .hasSize(published.get() ? 2 : 1);
        }
        assertThat(times)
                .as("it asks what to show, how far history is to be read, and when it joins")
                .isGreaterThan(3);
    }

    @Test
    void whoComesToALoopThatStayedBehindMissesNothingAndNothingWasMissedBefore() {
        behindAndHeld();
        for (int i = 0; i < 2 * RING_ENTRIES; i++) {
            world.commit(Write.put("b"));
        }
        Watched later = world.watch(initial(), WatchFilter.every(), world.sink());
        world.settle();
        world.commit(Write.put("c"));
        world.settle();
        later.checkComplete();
        assertThat(recorded.sum("proreus.watch.passed_over")).isZero();
    }

    @Test
    void aLoopThatMayStayBehindHasNoLag() {
        behindAndHeld();
        world.commit(Write.put("b"));
        assertThat(recorded.sum("proreus.watch.loop.lag")).isZero();
    }

    /** Returns a watch that reads history, and whose client takes nothing. */
    private Watched behindAndHeld() {
        for (int i = 0; i <= JOIN_DISTANCE; i++) {
            world.commit(Write.put("a"));
        }
        Watched watched =
                world.watch(after(0), WatchFilter.every(), world.sink().grant(0));
        world.settle();
        return watched;
    }
}
