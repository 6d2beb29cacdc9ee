package dev.proreus.workspace.watch;

import static dev.proreus.workspace.watch.HubWorld.ACME;
import static dev.proreus.workspace.watch.HubWorld.after;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.ClaimsMoved;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.watch.HubWorld.Watched;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A watch whose time is over ends, and takes nothing from those beside it. */
class WatchEndsTest {
    private static final int JOIN_DISTANCE = 5;

    private final HubWorld world = new HubWorld(1 << 20, JOIN_DISTANCE);

    @Test
    void whereItsTypeWentBeforeItBegan() {
        world.deleteType();
        world.settle();
        Watched watched = world.watch(new WatchStart.Now(), WatchFilter.every(), world.sink());
        world.settle();
        assertEndedWith(watched, Reason.TYPE_NOT_FOUND);
        assertThat(watched.calls()).hasSize(1);
    }

    /** History that is read after a type has gone is read without the type's fields. */
    @Test
    void whereItsTypeWentWhileHistoryWasRead() {
        world.commit(Write.put("a"));
        Watched watched = world.watch(after(0), WatchFilter.every(), world.sink());
        world.loop().drain();
        world.model().undefine(Write.ROBOTS);
        world.settle();
        assertEndedWith(watched, Reason.TYPE_NOT_FOUND);
        assertThat(watched.events()).isEmpty();
    }

    @Test
    void withoutAReadOfHistoryWhereItIsBehind() {
        for (int i = 0; i <= JOIN_DISTANCE; i++) {
            world.commit(Write.put("a"));
        }
        Watched watched =
                world.watch(after(0), WatchFilter.every(), world.sink().grant(0));
        world.settle();
        int accepted = world.readers().accepted();
        world.deleteType();
        watched.grant(1);
        world.settle();
        assertEndedWith(watched, Reason.TYPE_NOT_FOUND);
        assertThat(world.readers().accepted()).isEqualTo(accepted);
    }

    @Test
    void onALoopThatTheHubDidNotKnowWhenItClosed() {
        world.hub().close();
        StepExecutor other = new StepExecutor();
        RecordingSink sink = world.sink();
        world.hub().subscribe(HubWorld.spec(after(0), WatchFilter::every, false), sink, other);
        other.drain();
        RecordingSink.Call.Ended end = (RecordingSink.Call.Ended) sink.calls().get(0);
        assertThat(((RefusedException) end.why()).reason()).isEqualTo(Reason.STOPPING);
    }

    @Test
    void andThoseBesideItInTheSubtreeGoOn() {
        Scope all = new Scope.Subtree(ModelStore.ROOT);
        Watched gone = watch(all);
        List<Watched> stay = List.of(watch(all), watch(new Scope.Subtree(ACME)), watch(new Scope.OneWorkspace(ACME)));
        assertGoOn(stay, 1, gone);
    }

    @Test
    void andThoseInAndAboveItsWorkspaceGoOn() {
        Watched gone = watch(new Scope.Subtree(ACME));
        List<Watched> stay = List.of(watch(new Scope.Subtree(ModelStore.ROOT)), watch(new Scope.OneWorkspace(ACME)));
        assertGoOn(stay, 1, gone);
    }

    @Test
    void andNothingIsAskedForItAnyMore() {
        AtomicInteger asked = new AtomicInteger();
        ModelStore model = world.model();
        Heads heads = Views.of(Heads.class, model, Map.of("published", args -> {
            asked.incrementAndGet();
            return model.published((long) args[0]);
        }));
        CatchUp catchUp = new CatchUp(model, world.readers(), 1, model::place, HubWorld.unpaced());
        WatchHub hub =
                new WatchHub(RingEntry.OVERHEAD_BYTES, catchUp, heads, 1, new WatchMetrics(Instrumentation.none()));
        WatchSpec spec = HubWorld.spec(new WatchStart.Now(), WatchFilter::every, false);
        Subscription stays = hub.subscribe(spec, world.sink(), world.loop());
        Subscription goes = hub.subscribe(spec, world.sink(), world.loop());
        world.settle();
        assertThat(askedWherePassedOver(hub, asked)).isPositive();
        goes.cancel();
        stays.cancel();
        world.settle();
        assertThat(askedWherePassedOver(hub, asked)).isZero();
    }

    private int askedWherePassedOver(WatchHub hub, AtomicInteger asked) {
        asked.set(0);
        for (int i = 0; i < 100; i++) {
            hub.publish(List.of(new ClaimsMoved(i, ACME, Write.ROBOTS)));
        }
        world.settle();
        return asked.get();
    }

    private void assertGoOn(List<Watched> stay, long revision, Watched gone) {
        world.settle();
        gone.subscription().cancel();
        world.settle();
        world.commit(Write.put("a"));
        world.settle();
        assertThat(gone.events()).isEmpty();
        assertThat(stay).allSatisfy(watched -> assertThat(watched.events()).containsExactly("added a@" + revision));
    }

    private Watched watch(Scope scope) {
        WatchSpec spec = new WatchSpec(
                scope, Write.ROBOTS, WatchFilter::every, new WatchStart.Now(), WatchMode.EVERY, false, false, 0);
        return world.watch(
                spec,
                List.of(WatchFilter.every()),
                new RecordingSink(() -> world.model().head(scope)));
    }

    private static void assertEndedWith(Watched watched, Reason reason) {
        assertThat(((RefusedException) watched.end()).reason()).isEqualTo(reason);
    }
}
