package dev.proreus.workspace.watch;

import static dev.proreus.workspace.watch.HubWorld.ACME;
import static dev.proreus.workspace.watch.HubWorld.after;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.ChangeView;
import dev.proreus.workspace.History;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.TermHashes;
import dev.proreus.workspace.watch.HubWorld.Watched;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads of history that many watches share: what they cost, whom they find, and what fails. */
class SharedHistoryTest {
    private static final int PARALLEL = 2;
    private static final int FAR = 2_000;

    private final HubWorld world = new HubWorld(1 << 20, 5);

    @Test
    void boundedIsTheNumberOfThoseThatRun() {
        world.commit(Write.put("a"));
        for (int i = 0; i <= PARALLEL; i++) {
            world.watch(after(0), WatchFilter.named("a" + i), world.sink());
        }
        world.loop().drain();
        assertThat(world.readers().accepted()).isEqualTo(PARALLEL);
    }

    @Test
    void oneThatComesByTakesAlongWhoStandsThere() {
        commit(60);
        Watched first = world.watch(after(0), WatchFilter.every(), world.sink());
        world.loop().drain();
        world.readers().step();
        long rows = world.model().logRows();
        Watched second = world.watch(after(rows), WatchFilter.every(), world.sink());
        world.settle();
        first.checkComplete();
        second.checkComplete();
        assertThat(world.model().logRows()).isEqualTo(60);
    }

    @Test
    void oneThatRunsLeavesThoseFarFromItToBeJoined() {
        world.model().chunks(64, 2);
        commit(FAR + 100);
        world.watch(after(0), WatchFilter.every(), world.sink());
        world.watch(after(FAR), WatchFilter.every(), world.sink());
        world.loop().drain();
        world.readers().step();
        world.watch(after(FAR), WatchFilter.every(), world.sink());
        world.settle();
        assertThat(world.model().logRows()).isEqualTo(FAR + 100 + 100);
    }

    @Test
    void noneIsDoneForWatchesThatHaveGone() {
        commit(10);
        world.watch(after(0), WatchFilter.every(), world.sink()).subscription().cancel();
        Watched goes = world.watch(after(0), WatchFilter.every(), world.sink());
        world.loop().drain();
        goes.subscription().cancel();
        world.settle();
        assertThat(world.model().reads()).isZero();
    }

    /** A row that has too many terms to list may concern whoever needs one. */
    @ParameterizedTest
    @ValueSource(strings = {"termsNow", "termsBefore"})
    void whoIsFoundByATermIsFoundByARowThatMayHoldAny(String method) {
        world.commit(Write.assign("a", "x"), Write.assign("b", "y"));
        world.commit(Write.assign("a", "y"), Write.assign("b", "x"));
        world.commit(Write.assign("a", "x"), Write.assign("b", "y"));
        Watched watched = watch(
                new Scope.OneWorkspace(ACME),
                WatchMode.EVERY,
                new Filters.Assigned("x"),
                method,
                args -> TermHashes.ANY);
        watched.checkComplete();
    }

    @ParameterizedTest
    @EnumSource
    void whatWentWithItsWorkspaceIsPassedOverByWhoReadsAbove(WatchMode mode) {
        world.commit(Write.put("a"));
        Watched watched = watch(new Scope.Subtree(ModelStore.ROOT), mode, WatchFilter.every(), "object", args -> {
            throw RefusedException.because(Reason.WORKSPACE_DELETED, "gone");
        });
        assertThat(watched.calls()).isEmpty();
        assertThat(watched.subscription()).asString().contains("LIVE");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsRefusedEndsTheWatch(WatchMode mode) {
        world.commit(Write.put("a"));
        Watched watched = watch(new Scope.OneWorkspace(ACME), mode, WatchFilter.every(), "object", args -> {
            throw RefusedException.because(Reason.RESOURCE_VERSION_EXPIRED, "trimmed");
        });
        assertThat(((RefusedException) watched.end()).reason()).isEqualTo(Reason.RESOURCE_VERSION_EXPIRED);
    }

    @ParameterizedTest
    @EnumSource
    void whatFailsEndsTheWatch(WatchMode mode) {
        world.commit(Write.put("a"));
        Watched watched = watch(new Scope.OneWorkspace(ACME), mode, WatchFilter.every(), "object", args -> {
            throw new IllegalStateException("the disk is torn");
        });
        assertThat(watched.end()).isNotInstanceOf(RefusedException.class).hasStackTraceContaining("torn");
    }

    @Test
    void aShareHoldsOnePositionHoweverLargeItIs() {
        ChangeView change = world.model()
                .commit(ACME, List.of(Write.large("a", 2 * Limits.SHARE_BYTES)))
                .get(0);
        Share share = Share.of(HubWorld.spec(after(0), WatchFilter::every, false), WatchFilter.every(), 0, 9);
        share.offer(1, new SharedEvent(change, null));
        assertThat(share.isFull()).isFalse();
        share.offer(2, new SharedEvent(change, null));
        assertThat(share.isFull()).isTrue();
        Chunk chunk = share.close(9);
        assertThat(chunk.size()).isEqualTo(1);
        assertThat(chunk.reached()).isEqualTo(1);
    }

    private void commit(int times) {
        for (int i = 0; i < times; i++) {
            world.commit(Write.put("a"));
        }
    }

    /** Watches, and lets run out, over a history whose changes answer one method in another way. */
    private Watched watch(
            Scope scope,
            WatchMode mode,
            WatchFilter filter,
            String method,
            Function<Object[], @Nullable Object> answer) {
        ModelStore model = world.model();
        WatchHub hub = new WatchHub(
                1 << 20,
                Views.of(
                        History.class,
                        model,
                        Map.of("log", Views.log(model, change -> Views.change(change, Map.of(method, answer))))),
                model,
                model::place,
                world.readers(),
                1,
                new WatchMetrics(Instrumentation.none()));
        WatchSpec spec = new WatchSpec(scope, Write.ROBOTS, () -> filter, after(0), mode, false, false, 0);
        RecordingSink sink = new RecordingSink(() -> model.head(scope));
        Watched watched = new Watched(world, spec, List.of(filter), sink, hub.subscribe(spec, sink, world.loop()));
        world.settle();
        return watched;
    }
}
