package dev.proreus.workspace.watch;

import static dev.proreus.workspace.watch.HubWorld.ACME;
import static dev.proreus.workspace.watch.HubWorld.after;
import static dev.proreus.workspace.watch.HubWorld.initial;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.watch.HubWorld.Watched;
import dev.proreus.workspace.watch.RecordingSink.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What can befall a subscription, in every state that it can be in. */
class WatchStatesTest {
    private static final int RING_BYTES = 12_000;

    private final HubWorld world = new HubWorld(RING_BYTES, 5);
    private final Claims claims = new Claims();

    @ParameterizedTest
    @EnumSource
    void nothingComesAfterCancel(Stage stage) {
        Watched watched = arrive(stage);
        int before = watched.calls().size();
        watched.subscription().cancel();
        watched.grant(Integer.MAX_VALUE);
        world.commit(Write.put("a"));
        world.settle();
        assertThat(watched.calls()).hasSize(before);
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource
    void bookmarkable(Stage stage) {
        Watched watched = arrive(stage);
        long asked = world.model().head(ACME);
        watched.subscription().requestBookmark();
        watched.grant(Integer.MAX_VALUE);
        world.settle();
        assertThat(watched.bookmarks()).anyMatch(bookmark -> bookmark.revision() >= asked);
        watched.checkComplete();
    }

    @ParameterizedTest
    @EnumSource
    void bookmarkableThoughManyAreAskedFor(Stage stage) {
        Watched watched = arrive(stage);
        watched.grant(Integer.MAX_VALUE);
        for (int i = 0; i < 50; i++) {
            world.commit(Write.put("a"));
            watched.subscription().requestBookmark();
            world.loop().drain();
            if (world.readers().hasWork()) {
                world.readers().step();
            }
        }
        assertThat(watched.bookmarks())
                .as("later wishes do not put off the first")
                .isNotEmpty();
        world.settle();
        assertThat(watched.bookmarks().get(watched.bookmarks().size() - 1).revision())
                .isEqualTo(world.model().head(ACME));
        watched.checkComplete();
    }

    @ParameterizedTest
    @EnumSource
    void endsWithItsWorkspace(Stage stage) {
        Watched watched = arrive(stage);
        world.deleteWorkspace();
        world.settle();
        assertThat(refusal(watched).reason()).isEqualTo(Reason.WORKSPACE_DELETED);
        watched.check();
        assertNothingIsLeft();
    }

    /** The definition of its type may have gone with the workspace, before the loop comes to the end of either. */
    @ParameterizedTest
    @EnumSource
    void endsWithItsWorkspaceThoughItsTypeWentWithIt(Stage stage) {
        Watched watched = arrive(stage);
        world.loop().drain();
        world.readers().drain();
        world.model().undefine(Write.ROBOTS);
        world.deleteWorkspace();
        world.settle();
        assertThat(refusal(watched).reason()).isEqualTo(Reason.WORKSPACE_DELETED);
        assertNothingIsLeft();
    }

    /** The ring may have dropped what tells of the end before the loop came to it, and a sink may never take more. */
    @ParameterizedTest
    @EnumSource
    void endsWithItsWorkspaceThoughTheRingDroppedItsEnd(Stage stage) {
        Watched watched = arrive(stage);
        world.deleteWorkspace();
        for (int i = 0; i <= RING_BYTES / RingEntry.OVERHEAD_BYTES; i++) {
            world.claimsMoved();
        }
        world.settle();
        assertThat(refusal(watched).reason()).isEqualTo(Reason.WORKSPACE_DELETED);
        watched.check();
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource
    void endsWithItsType(Stage stage) {
        Watched watched = arrive(stage);
        world.commit(Write.remove("a"));
        world.deleteType();
        world.settle();
        assertThat(refusal(watched).reason()).isEqualTo(Reason.TYPE_NOT_FOUND);
        watched.check();
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource
    void endsWithATypeWhoseEndAPassedOverLoopDidNotSee(Stage stage) {
        Watched watched = arrive(stage);
        world.deleteType();
        for (int i = 0; i < 100; i++) {
            world.claimsMoved();
        }
        world.settle();
        assertThat(refusal(watched).reason()).isEqualTo(Reason.TYPE_NOT_FOUND);
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource
    void startsOverWhenClaimsMove(Stage stage) {
        Watched watched = arrive(stage);
        claims.set(new Filters.Rest(Set.of("x")));
        world.claimsMoved();
        watched.grant(Integer.MAX_VALUE);
        world.settle();
        assertThat(watched.only(Call.SnapshotBegin.class)).isNotEmpty();
        world.commit(Write.assign("x1", null));
        world.commit(Write.assign("x1", "x"));
        world.settle();
        assertThat(watched.events()).endsWith("added x1@" + (head() - 1), "left x1@" + head());
        watched.checkComplete();
    }

    /** Whoever resumes at a bookmark is taken to hold what the claims of then say. */
    @ParameterizedTest
    @EnumSource
    void givesNoBookmarkAboveWhereClaimsMovedBeforeItStartsOver(WatchMode mode) {
        for (int i = 0; i < 10; i++) {
            world.commit(Write.assign("x" + i, "x"));
        }
        WatchStart start = new WatchStart.After(2, claims.get());
        claims.set(new Filters.Rest(Set.of("x")));
        Watched watched = world.watch(framed(start, claims, mode), claims.held, world.sink());
        watched.subscription().requestBookmark();
        world.settle();
        assertThat(beforeASnapshot(watched, 0)).noneMatch(Call.Bookmark.class::isInstance);
        assertThat(watched.bookmarks()).isNotEmpty();
    }

    /** With EVERY an event's revision is where a client resumes, as a bookmark's is. */
    @Test
    void givesNoEventOfHistoryAboveWhereClaimsMovedBeforeItStartsOver() {
        for (int i = 0; i < 10; i++) {
            world.commit(Write.assign("x" + i, "x"));
        }
        WatchStart start = new WatchStart.After(2, claims.get());
        Watched watched = world.watch(framed(start, claims, WatchMode.EVERY), claims.held, world.sink());
        world.loop().drain();
        claims.set(new Filters.Rest(Set.of("x")));
        world.settle();
        assertThat(beforeASnapshot(watched, 0)).isEmpty();
        assertThat(watched.only(Call.SnapshotBegin.class)).hasSize(1);
        watched.checkComplete();
    }

    /** The bookmark that closes a snapshot lies below what moved after its filter was asked for. */
    @Test
    void aSnapshotIsClosedBelowWhereClaimsMovedSinceItBegan() {
        world.commit(Write.assign("x", "x"));
        long before = head();
        AtomicBoolean moved = new AtomicBoolean();
        Supplier<WatchFilter> moving = () -> {
            WatchFilter now = claims.get();
            if (!moved.getAndSet(true)) {
                claims.set(new Filters.Rest(Set.of("x")));
                world.stage(Write.put("a"));
                world.commitStep();
            }
            return now;
        };
        Watched watched = world.watch(framed(initial(), moving, WatchMode.EVERY), claims.held, world.sink());
        world.settle();
        assertThat(watched.only(Call.SnapshotBegin.class)).hasSize(2);
        assertThat(beforeASnapshot(watched, 1))
                .filteredOn(Call.Bookmark.class::isInstance)
                .allMatch(call -> ((Call.Bookmark) call).revision() <= before);
    }

    private static WatchSpec framed(WatchStart start, Supplier<WatchFilter> filter, WatchMode mode) {
        return new WatchSpec(new Scope.OneWorkspace(ACME), Write.ROBOTS, filter, start, mode, false, true, 0);
    }

    /** Returns the calls before the snapshot after so many others. */
    private static List<Call> beforeASnapshot(Watched watched, int others) {
        List<Call> calls = new ArrayList<>();
        int left = others;
        for (Call call : watched.calls()) {
            if (call instanceof Call.SnapshotBegin && left-- == 0) {
                return calls;
            }
            calls.add(call);
        }
        return calls;
    }

    /** Claims can move after it was said that the subscription goes on, and before it does. */
    @Test
    void startsOverWhereClaimsMovedSinceThePositionItGoesOnFrom() {
        for (int i = 0; i < 3; i++) {
            world.commit(Write.assign("x" + i, "x"));
        }
        WatchStart start = new WatchStart.After(2, claims.get());
        claims.set(new Filters.Rest(Set.of("x")));
        RecordingSink sink = world.sink();
        Watched watched = world.watch(HubWorld.spec(start, claims, true), claims.held, sink);
        world.settle();
        assertThat(watched.only(Call.SnapshotBegin.class)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void goesOnWhereClaimsMovedElsewhere(Stage stage) {
        Watched watched = arrive(stage);
        int snapshots = stage == Stage.STARTING || stage.isSnapshot() ? 1 : 0;
        claims.set(new Filters.Rest(Set.of()));
        world.claimsMoved();
        watched.grant(Integer.MAX_VALUE);
        world.settle();
        assertThat(watched.only(Call.SnapshotBegin.class)).hasSize(snapshots);
        watched.checkComplete();
    }

    @ParameterizedTest
    @EnumSource
    void survivesAPassedOverLoop(Stage stage) {
        Watched watched = arrive(stage);
        for (int i = 0; i < 100; i++) {
            world.commit(Write.put("a"), Write.put("b"));
        }
        watched.grant(Integer.MAX_VALUE);
        world.settle();
        watched.checkComplete();
    }

    @ParameterizedTest
    @EnumSource
    void learnsWhatAPassedOverLoopDidNotSee(Stage stage) {
        Watched watched = arrive(stage);
        claims.set(new Filters.Rest(Set.of("x")));
        world.claimsMoved();
        for (int i = 0; i < 100; i++) {
            world.commit(Write.assign("x1", i % 2 == 0 ? null : "x"));
        }
        watched.grant(Integer.MAX_VALUE);
        world.settle();
        watched.checkComplete();

        world.deleteWorkspace();
        for (int i = 0; i < 100; i++) {
            world.claimsMoved();
        }
        world.settle();
        assertThat(refusal(watched).reason()).isEqualTo(Reason.WORKSPACE_DELETED);
    }

    @ParameterizedTest
    @EnumSource
    void isGivenASnapshotBelowTheFloorWhereFramed(Stage stage) {
        Watched watched = arrive(stage);
        for (int i = 0; i < 100; i++) {
            world.commit(Write.put("a"), Write.remove("b"));
            world.commit(Write.put("b"));
        }
        world.model().raiseFloor(ACME, head());
        watched.grant(Integer.MAX_VALUE);
        world.settle();
        watched.checkComplete();
        assertThat(watched.only(Call.SnapshotBegin.class)).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void endsWithTheHub(Stage stage) {
        Watched watched = arrive(stage);
        world.hub().close();
        world.settle();
        assertThat(refusal(watched).reason()).isEqualTo(Reason.STOPPING);
        watched.check();
        Watched late = world.watch(initial(), WatchFilter.every(), world.sink());
        world.settle();
        assertThat(refusal(late).reason()).isEqualTo(Reason.STOPPING);
    }

    /** Brings a subscription, framed and under claims, into a state, with a sink that is not ready wherever it may. */
    private Watched arrive(Stage stage) {
        for (int i = 0; i < 10; i++) {
            Write first = stage == Stage.JOINING_STALLED ? Write.large("a", 9_000) : Write.put("a");
            world.commit(first, Write.assign("x" + i, "x"));
        }
        WatchStart start = switch (stage) {
            case CATCHING_UP -> after(2);
            case JOINING, JOINING_STALLED -> after(6);
            case LIVE_IDLE, LIVE_NOTED, LIVE_SEARCHING, LIVE_AWAITING -> after(10);
            default -> initial();
        };
        RecordingSink sink = world.sink();
        Watched watched = world.watch(HubWorld.spec(start, claims, true), claims.held, sink);
        if (stage != Stage.STARTING) {
            world.loop().drain();
        }
        switch (stage) {
            case SNAPSHOT_STALLED, JOINING_STALLED -> {
                sink.grant(1);
                world.settle();
            }
            case LIVE_NOTED -> fill(sink, 3);
            case LIVE_SEARCHING -> fill(sink, RingFeed.POSITIONS + 2);
            case LIVE_AWAITING -> {
                watched.subscription().requestBookmark();
                world.stage(Write.put("a"));
                world.commitStep();
                world.loop().drain();
                world.drainCommitter();
            }
            default -> {}
        }
        assertThat(watched.subscription()).asString().contains(", " + stage.state + " after");
        return watched;
    }

    private void fill(RecordingSink sink, int commits) {
        sink.grant(0);
        for (int i = 0; i < commits; i++) {
            world.commit(Write.put("a"));
        }
        world.loop().drain();
    }

    private void assertNothingIsLeft() {
        int accepted = world.readers().accepted();
        world.commit(Write.put("a"));
        world.settle();
        assertThat(world.readers().accepted()).isEqualTo(accepted);
    }

    private long head() {
        return world.model().head(ACME);
    }

    private static RefusedException refusal(Watched watched) {
        return (RefusedException) watched.end();
    }

    /** Where a subscription can be when something befalls it. */
    enum Stage {
        STARTING("STARTING"),
        SNAPSHOT("SNAPSHOT"),
        SNAPSHOT_STALLED("SNAPSHOT"),
        CATCHING_UP("CATCHING_UP"),
        JOINING("JOINING"),
        JOINING_STALLED("JOINING"),
        LIVE_IDLE("LIVE"),
        LIVE_NOTED("LIVE"),
        LIVE_SEARCHING("LIVE"),
        LIVE_AWAITING("LIVE");

        private final String state;

        Stage(String state) {
            this.state = state;
        }

        boolean isSnapshot() {
            return this == SNAPSHOT || this == SNAPSHOT_STALLED;
        }
    }

    /** The filter of a whole type's claim, as it was and is. */
    private static final class Claims implements Supplier<WatchFilter> {
        private final List<WatchFilter> held = new ArrayList<>(List.of(new Filters.Rest(Set.of())));

        void set(WatchFilter filter) {
            held.add(filter);
        }

        @Override
        public WatchFilter get() {
            return held.get(held.size() - 1);
        }
    }
}
