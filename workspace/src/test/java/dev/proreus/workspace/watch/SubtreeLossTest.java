package dev.proreus.workspace.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.TypeIds;
import dev.proreus.workspace.watch.HubWorld.Watched;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A watch over a subtree is told that a workspace in it has gone, whatever it asked for. */
class SubtreeLossTest {
    private static final int RING_BYTES = 1 << 20;

    /** So near that what is behind is read from history. */
    private static final int JOIN_DISTANCE = 2;

    private static final List<WatchFilter> FILTERS = List.of(
            WatchFilter.every(),
            WatchFilter.named("elsewhere"),
            new Filters.Assigned("nobody"),
            new Filters.Rest(Set.of("x")));

    private final HubWorld world = new HubWorld(RING_BYTES, JOIN_DISTANCE);

    @ParameterizedTest
    @EnumSource
    void toldLive(WatchMode mode) {
        List<Watched> all = watchEach(new WatchStart.Now(), mode);
        world.settle();
        work();
        world.settle();
        assertAllAreTold(all);
    }

    @ParameterizedTest
    @EnumSource
    void toldOutOfHistory(WatchMode mode) {
        work();
        List<Watched> all = watchEach(new WatchStart.After(0), mode);
        world.settle();
        assertAllAreTold(all);
    }

    @ParameterizedTest
    @EnumSource
    void toldTogetherWithWhatCameBeforeAndAfter(WatchMode mode) {
        List<Watched> all = watchEach(new WatchStart.Now(), mode);
        world.settle();
        all.forEach(watched -> watched.sink().grant(0));
        work();
        world.settle();
        all.forEach(watched -> watched.grant(Integer.MAX_VALUE));
        world.settle();
        assertAllAreTold(all);
    }

    /** Robots come and go, a workspace beside them is made and ends, and more robots come. */
    private void work() {
        world.commit(Write.put("b"));
        world.commit(Write.put("a"));
        for (String name : List.of("first", "second")) {
            world.commitIn(ModelStore.ROOT, Write.put(name).ofType(TypeIds.WORKSPACES));
            world.commitIn(ModelStore.ROOT, Write.remove(name).ofType(TypeIds.WORKSPACES));
            world.commit(Write.put("b"));
        }
        world.commit(Write.put("c"));
    }

    private List<Watched> watchEach(WatchStart start, WatchMode mode) {
        return FILTERS.stream()
                .map(filter -> world.watchSubtree(start, filter, mode))
                .toList();
    }

    private static void assertAllAreTold(List<Watched> all) {
        for (Watched watched : all) {
            assertThat(watched.events())
                    .as("%s", watched.filters())
                    .containsSubsequence("deleted first@2", "deleted second@4")
                    .doesNotHaveDuplicates();
        }
        for (Watched watched : List.of(all.get(0), all.get(3))) {
            assertThat(watched.events()).last().isEqualTo("added c@5");
            assertThat(watched.events().indexOf("added a@2"))
                    .isNotNegative()
                    .isLessThan(watched.events().indexOf("deleted first@2"));
        }
        for (Watched watched : all.subList(1, 3)) {
            assertThat(watched.events()).containsExactly("deleted first@2", "deleted second@4");
        }
    }
}
