package dev.proreus.workspace.watch;

import static dev.proreus.workspace.watch.HubWorld.after;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Change;
import dev.proreus.workspace.TypeIds;
import dev.proreus.workspace.watch.HubWorld.Watched;
import dev.proreus.workspace.watch.RecordingSink.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Reliable, unique and bookmarkable though the committer goes on within the turn in which a watch changes its source.
 */
class SameTurnTest {
    private static final int RING_BYTES = 24_000;
    private static final int JOIN_DISTANCE = 5;
    private static final int ALL = Integer.MAX_VALUE;
    private static final WatchFilter CLAIMED = new Filters.Rest(Set.of());
    private static final WatchFilter LESS = new Filters.Rest(Set.of("x"));

    private final HubWorld world = new HubWorld(RING_BYTES, JOIN_DISTANCE);
    private final List<WatchFilter> claims = new ArrayList<>(List.of(CLAIMED));

    @Test
    void whatIsCommittedWhileItRegistersIsGiven() {
        world.commit(Write.put("a"));
        Watched watched = watch(after(1), answering(2, () -> world.commit(Write.put("b"))));
        world.settle();
        watched.checkComplete();
        assertThat(watched.events()).containsExactly("added b@2");
    }

    @Test
    void noBookmarkLiesAboveWhereClaimsMovedWhileItRegistered() {
        world.commit(Write.assign("x", "x"));
        Watched watched = watch(after(1), answering(2, () -> {
            claims.add(LESS);
            world.stage(Write.put("a"));
            world.commitStep();
        }));
        watched.subscription().requestBookmark();
        world.settle();
        assertThat(beforeTheSnapshot(watched)).noneMatch(Call.Bookmark.class::isInstance);
        world.drainCommitter();
        world.claimsMoved();
        world.settle();
        watched.checkComplete();
    }

    /** What its loop dispatched was told to others, not to it. */
    @Test
    void noBookmarkLiesAboveWhereClaimsMovedWhileItWasFarBehind() {
        world.watch(after(0), WatchFilter.every(), world.sink());
        for (int i = 0; i < 2 * JOIN_DISTANCE; i++) {
            world.commit(Write.assign("x" + i, "x"));
            world.settle();
        }
        claims.add(LESS);
        Watched watched = watch(new WatchStart.After(2, CLAIMED), this::claimed);
        watched.subscription().requestBookmark();
        world.settle();
        assertThat(beforeTheSnapshot(watched)).noneMatch(Call.Bookmark.class::isInstance);
        watched.checkComplete();
    }

    /** It is looked at first to see where the one before it ends, and then to be taken. */
    @Test
    void aRevisionThatTheRingDropsWhileItIsTakenIsGivenOnce() {
        world.commit(Write.put("a"));
        Runnable[] once = {() -> {}};
        WatchFilter trap = new WatchHubTest.Trap("a", () -> once[0].run());
        Watched watched = world.watch(after(1), trap, world.sink());
        world.settle();
        watched.sink().grant(0);
        for (int i = 0; i <= RingFeed.POSITIONS; i++) {
            world.commit(Write.put("a"), Write.put("b"));
        }
        world.settle();
        once[0] = () -> once[0] = () -> {
            once[0] = () -> {};
            for (int i = 0; i < 100; i++) {
                world.commit(Write.put("busy"));
            }
        };
        watched.grant(ALL);
        world.settle();
        watched.checkComplete();
    }

    @Test
    void theEndOfAWorkspaceThatHistoryTellsIsNotToldByTheRing() {
        ModelStore model = world.model();
        world.commitIn(ModelStore.ROOT, Write.put("w").ofType(TypeIds.WORKSPACES));
        List<Change> end =
                model.commit(ModelStore.ROOT, List.of(Write.remove("w").ofType(TypeIds.WORKSPACES)));
        model.raise(ModelStore.ROOT, 2);
        Watched watched = world.watchSubtree(after(1), WatchFilter.every(), WatchMode.EVERY);
        world.settle();
        world.hub().publish(end);
        world.settle();
        assertThat(watched.events()).containsExactly("deleted w@2");
    }

    @ParameterizedTest
    @EnumSource
    void whoWantsOneObjectStartsOverWhereItsClaimMoves(Place place) {
        world.commit(Write.put("a"), Write.put("b"));
        world.commit(Write.put("a"), Write.put("b"));
        claims.set(0, WatchFilter.named("a"));
        Watched watched = watch(after(place == Place.LIVE ? 2 : 1), this::claimed);
        if (place == Place.LIVE) {
            world.settle();
        } else {
            world.loop().drain();
            assertThat(world.readers().hasWork())
                    .as("its history is being read")
                    .isTrue();
        }
        claims.add(WatchFilter.named("b"));
        world.claimsMoved();
        world.settle();
        assertThat(watched.only(Call.SnapshotBegin.class)).hasSize(1);
        watched.checkComplete();
    }

    @Test
    void aWatchThatJoinedAndWhoseLoopWasPassedOverIsAskedNoMore() {
        world.commit(Write.put("a"));
        AtomicLong asked = new AtomicLong();
        WatchFilter counting = new Filters.Counting("a", asked);
        Watched watched = world.watch(after(0), counting, world.sink().grant(0));
        world.settle();
        for (int i = 0; i < 100; i++) {
            world.commit(Write.put("a"));
        }
        world.settle();
        long before = asked.get();
        world.commit(Write.put("a"));
        world.settle();
        assertThat(asked.get()).isEqualTo(before);
        watched.grant(ALL);
        world.settle();
        watched.checkComplete();
    }

    private WatchFilter claimed() {
        return claims.get(claims.size() - 1);
    }

    /** Answers what is claimed, and has something happen once it has answered for so many times. */
    private Supplier<WatchFilter> answering(int times, Runnable happens) {
        AtomicLong left = new AtomicLong(times);
        return () -> {
            WatchFilter answer = claimed();
            if (left.decrementAndGet() == 0) {
                happens.run();
            }
            return answer;
        };
    }

    private Watched watch(WatchStart start, Supplier<WatchFilter> filter) {
        return world.watch(HubWorld.spec(start, filter, true), claims, world.sink());
    }

    private static List<Call> beforeTheSnapshot(Watched watched) {
        List<Call> calls = watched.calls();
        int begins = calls.indexOf(watched.only(Call.SnapshotBegin.class).get(0));
        return calls.subList(0, begins);
    }

    /** Where a watch is when its claim moves. */
    enum Place {
        JOINING,
        LIVE
    }
}
