package dev.proreus.workspace.watch;

import static dev.proreus.workspace.watch.HubWorld.after;
import static dev.proreus.workspace.watch.HubWorld.initial;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.watch.HubWorld.Watched;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The hand-over from history to the ring, in every order in which committer, loop, readers and sink can move. */
class HandOverTest {
    private static final int ALWAYS_READY = Integer.MAX_VALUE;
    private static final int FEWER_BATCHES = Boolean.getBoolean("proreus.short") ? 1 : 0;

    @Test
    void reliableAndUniqueFromTheInitialStateInEveryOrder() {
        explore("initial state", world -> watch(world, initial(), ALWAYS_READY), 3, 1 << 20, 1_000);
    }

    @Test
    void reliableAndUniqueAfterARevisionInEveryOrder() {
        explore("after a revision", world -> watch(world, after(1), ALWAYS_READY), 4, 1 << 20, 1_000);
    }

    @Test
    void reliableAndUniqueWhenFarBehindInEveryOrder() {
        explore("far behind", world -> watch(world, after(0), ALWAYS_READY), 3, 1 << 20, 0);
    }

    @Test
    void reliableAndUniqueWithASlowSinkInEveryOrder() {
        explore("slow sink", world -> watch(world, after(1), 1), 3, 1 << 20, 1_000);
    }

    @Test
    void reliableAndUniqueWhenTheRingForgetsInEveryOrder() {
        explore("tiny ring", world -> watch(world, after(1), ALWAYS_READY), 3, 1, 1);
    }

    @Test
    void bookmarkableInEveryOrder() {
        explore(
                "bookmark",
                world -> {
                    Watched watched = watch(world, after(1), ALWAYS_READY);
                    watched.subscription().requestBookmark();
                    return watched;
                },
                3,
                1 << 20,
                1_000);
    }

    private static Watched watch(HubWorld world, WatchStart start, int grant) {
        return world.watch(start, WatchFilter.every(), world.sink().grant(grant));
    }

    private static void explore(
            String what, Function<HubWorld, Watched> subscribe, int batches, long ringBytes, long joinRevisions) {
        long orders = Interleavings.explore(() -> {
            HubWorld world = new HubWorld(ringBytes, joinRevisions);
            world.model().chunks(1, 1);
            world.commit(Write.put("a"));
            world.commit(Write.put("b"));
            for (int i = 0; i < batches - FEWER_BATCHES; i++) {
                world.stage(Write.put("a"), Write.put(i % 2 == 0 ? "b" : "c"));
            }
            return new Racing(world, subscribe);
        });
        System.out.println("hand-over, " + what + ": " + orders + " orders");
        assertThat(orders).isGreaterThan(100);
    }

    /** One committer, one loop, one reader, one subscription that begins at some point, and its transport. */
    private static final class Racing implements Interleavings.World {
        private final HubWorld world;
        private final Function<HubWorld, Watched> subscribe;
        private @Nullable Watched watched;

        Racing(HubWorld world, Function<HubWorld, Watched> subscribe) {
            this.world = world;
            this.subscribe = subscribe;
        }

        @Override
        public int moves() {
            return enabled().size();
        }

        @Override
        public void move(int which) {
            enabled().get(which).run();
        }

        @Override
        public void check() {
            if (watched == null) {
                throw new AssertionError("nobody watched");
            }
            watched.checkComplete();
        }

        private List<Runnable> enabled() {
            List<Runnable> enabled = new ArrayList<>();
            Watched watching = watched;
            if (watching == null) {
                enabled.add(() -> watched = subscribe.apply(world));
            } else if (!watching.sink().isReady()) {
                enabled.add(() -> watching.grant(1));
            }
            if (world.loop().hasWork()) {
                enabled.add(world.loop()::step);
            }
            if (world.readers().hasWork()) {
                enabled.add(world.readers()::step);
            }
            if (world.canCommit()) {
                enabled.add(world::commitStep);
            }
            return enabled;
        }
    }
}
