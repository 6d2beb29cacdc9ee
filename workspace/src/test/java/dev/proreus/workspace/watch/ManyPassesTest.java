package dev.proreus.workspace.watch;

import static dev.proreus.workspace.watch.HubWorld.ACME;
import static dev.proreus.workspace.watch.HubWorld.after;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.watch.HubWorld.Watched;
import dev.proreus.workspace.watch.RecordingSink.Call;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Convergent and bounded where what happened is too much for one pass of mode LATEST, wherever it is taken from. */
class ManyPassesTest {
    private static final int LARGE = 10_000;
    private static final int ALL = Integer.MAX_VALUE;

    private HubWorld world = new HubWorld(16 << 20, 100_000);

    @ParameterizedTest
    @EnumSource
    void ofManyObjects(Source source) {
        Watched watched = give(source, WatchFilter.every(), () -> {
            for (int i = 0; i < 3 * LatestPass.OBJECTS; i += 3) {
                world.commit(Write.put("a" + i), Write.put("b" + i), Write.put("c" + i));
            }
        });
        assertThat(passes(watched)).hasSizeBetween(3, 5).allMatch(pass -> pass.size() <= LatestPass.OBJECTS);
    }

    @ParameterizedTest
    @EnumSource
    void ofManyChanges(Source source) {
        world.model().chunks(100, 2);
        Watched watched = give(source, WatchFilter.every(), () -> {
            for (int i = 0; i < 2 * LatestPass.CHANGES; i++) {
                world.commit(Write.put("a" + i % 3), Write.put("b" + i % 5));
            }
        });
        assertThat(passes(watched)).hasSizeBetween(4, 6).allMatch(pass -> pass.size() <= 8);
    }

    @ParameterizedTest
    @EnumSource
    void ofManyBytes(Source source) {
        Watched watched = give(source, WatchFilter.every(), () -> {
            for (int i = 0; i < 30; i++) {
                world.commit(Write.large("a" + i, LARGE), Write.large("b" + i, LARGE));
            }
        });
        assertThat(passes(watched)).hasSizeBetween(10, 11).allMatch(pass -> bytes(pass) <= Limits.SHARE_BYTES);
    }

    /** What departs is told with the state before, however small the one is that it left for. */
    @ParameterizedTest
    @EnumSource
    void ofManyBytesThatDepart(Source source) {
        List<Write> wanted = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            wanted.add(new Write(Write.ROBOTS, "a" + i, "x", false, 0, LARGE));
        }
        wanted.forEach(write -> world.commit(write));
        Watched watched = give(source, new Filters.Assigned("x"), () -> {
            for (Write write : wanted) {
                world.commit(Write.assign(write.name(), null));
            }
        });
        assertThat(passes(watched)).hasSizeBetween(4, 5).allMatch(pass -> bytes(pass) <= Limits.SHARE_BYTES);
    }

    @ParameterizedTest
    @EnumSource
    void ofPositionsOfMoreThanAShare(Source source) {
        Watched watched = give(source, WatchFilter.every(), () -> {
            for (int i = 0; i < 2; i++) {
                world.commit(
                        Write.large("a" + i, 3 * LARGE), Write.large("b" + i, 3 * LARGE), Write.large("c" + i, LARGE));
            }
        });
        assertThat(passes(watched)).hasSize(2).allMatch(pass -> pass.size() == 3);
    }

    @ParameterizedTest
    @EnumSource
    void anObjectThatChangesOftenCountsOnce(Source source) {
        world.commit(Write.large("a", LARGE));
        Watched watched = give(source, WatchFilter.every(), () -> {
            for (int i = 0; i < 20; i++) {
                world.commit(Write.large("a", LARGE));
            }
        });
        assertThat(watched.events()).containsExactly("modified a@21");
    }

    @ParameterizedTest
    @EnumSource
    void aPassThatWasBegunIsGivenWholeBeforeABookmark(Source source) {
        Watched watched = watch(source, WatchFilter.every(), () -> {
            for (int i = 0; i < 6; i++) {
                world.commit(Write.large("a" + i, LARGE));
            }
        });
        watched.grant(1);
        world.settle();
        assertThat(watched.messages()).as("some of it").hasSize(1);
        watched.subscription().requestBookmark();
        watched.grant(1);
        world.settle();
        watched.sink().grant(0);
        watched.subscription().ready();
        world.settle();
        assertThat(passes(watched)).as("none is over").isEmpty();
        watched.grant(ALL);
        world.settle();
        watched.checkComplete();
        assertThat(passes(watched))
                .as("the bookmark that closes it is the one that was asked for")
                .hasSize(1);
    }

    @Test
    void whatTheRingForgotComesFromHistory() {
        world = new HubWorld(12_000, 5);
        Watched watched = watch(Source.RING, WatchFilter.every(), () -> {
            for (int i = 0; i < 50; i++) {
                world.commit(Write.put("a" + i % 7));
                world.loop().drain();
            }
        });
        long reads = world.model().reads();
        watched.grant(ALL);
        world.settle();
        watched.checkComplete();
        assertThat(world.model().reads()).isGreaterThan(reads);
    }

    /** Watches what happens, and gives all of it at once. */
    private Watched give(Source source, WatchFilter filter, Runnable work) {
        Watched watched = watch(source, filter, work);
        long reads = world.model().reads();
        watched.grant(ALL);
        world.settle();
        watched.checkComplete();
        assertThat(world.model().reads() > reads).isEqualTo(source == Source.HISTORY);
        return watched;
    }

    private Watched watch(Source source, WatchFilter filter, Runnable work) {
        long before = world.model().head(ACME);
        if (source == Source.HISTORY) {
            work.run();
        }
        WatchSpec spec = new WatchSpec(
                new Scope.OneWorkspace(ACME),
                Write.ROBOTS,
                () -> filter,
                after(before),
                WatchMode.LATEST,
                false,
                false,
                0);
        Watched watched = world.watch(spec, List.of(filter), world.sink().grant(0));
        world.settle();
        if (source == Source.RING) {
            work.run();
            world.settle();
        }
        return watched;
    }

    /** Returns the sizes of the events of each pass that is over. */
    private static List<List<Integer>> passes(Watched watched) {
        List<List<Integer>> passes = new ArrayList<>();
        List<Integer> pass = new ArrayList<>();
        for (Call call : watched.calls()) {
            if (call instanceof Call.Events events) {
                pass.addAll(events.sizes());
            } else if (call instanceof Call.Bookmark) {
                passes.add(pass);
                pass = new ArrayList<>();
            }
        }
        return passes;
    }

    private static int bytes(List<Integer> pass) {
        return pass.stream().mapToInt(Integer::intValue).sum();
    }

    /** Where what happened is taken from. */
    enum Source {
        HISTORY,
        RING
    }
}
