package dev.proreus.workspace.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Instrumentation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index against a map, under hashes that collide wherever they can. */
class KeyIndexTest {
    /** Keys differ in the bits that make their place, in those that mark it, or in neither. */
    private static final long[] SPACINGS = {1, 8, 1 << 24};

    private static final int LIVES = Boolean.getBoolean("proreus.short") ? 10 : 50;

    @Test
    void itHoldsWhatAMapHolds() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int life = 0; life < LIVES; life++) {
            WatchLoop loop = loop();
            KeyIndex index = new KeyIndex();
            Map<Long, List<RingFeed>> model = new HashMap<>();
            List<RingFeed> free = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                free.add(feed(loop));
            }
            for (int step = 0; step < 400; step++) {
                long hash = random.nextInt(40) * SPACINGS[random.nextInt(SPACINGS.length)];
                List<RingFeed> held = model.getOrDefault(hash, List.of());
                if (random.nextBoolean() && !free.isEmpty()) {
                    RingFeed feed = free.remove(free.size() - 1);
                    index.add(hash, feed);
                    model.computeIfAbsent(hash, key -> new ArrayList<>()).add(feed);
                } else if (!held.isEmpty()) {
                    RingFeed feed = held.remove(random.nextInt(held.size()));
                    index.remove(hash, feed);
                    free.add(feed);
                }
                check(seed, index, model);
            }
        }
    }

    /**
     * A table of the smallest size has 8 places, so that each is home to two of the keys here, and 4 keys stand in it.
     * The two bear the same mark where the bit in which they differ is none of it.
     */
    @ParameterizedTest
    @ValueSource(ints = {3, 24})
    void whoeverLeavesHidesNobodyWhateverTheirPlaces(int differing) {
        WatchLoop loop = loop();
        RingFeed[] feeds = {feed(loop), feed(loop), feed(loop), feed(loop)};
        for (int arrangement = 0; arrangement < 1 << 16; arrangement++) {
            long[] keys = new long[4];
            for (int i = 0; i < keys.length; i++) {
                int key = (arrangement >> (4 * i)) & 15;
                keys[i] = (key & 7) | ((long) (key >> 3) << differing);
            }
            if (Arrays.stream(keys).distinct().count() == keys.length) {
                for (int leaving = 0; leaving < keys.length; leaving++) {
                    leave(keys, feeds, leaving);
                }
            }
        }
    }

    private static void leave(long[] keys, RingFeed[] feeds, int leaving) {
        KeyIndex index = new KeyIndex();
        for (int i = 0; i < keys.length; i++) {
            index.add(keys[i], feeds[i]);
        }
        index.remove(keys[leaving], feeds[leaving]);
        for (int i = 0; i < keys.length; i++) {
            if (index.get(keys[i]) != (i == leaving ? null : feeds[i])) {
                throw new AssertionError("of " + Arrays.toString(keys) + " number " + leaving + " left, and " + keys[i]
                        + " is found wrongly");
            }
        }
    }

    @Test
    void whoeverLeavesLeavesNothingBehind() {
        RingFeed feed = feed(loop());
        KeyIndex index = new KeyIndex();
        for (int key = 0; key < 16; key++) {
            index.add(key, feed);
            assertThat(index.isEmpty()).isFalse();
            index.remove(key, feed);
            assertThat(index.isEmpty()).isTrue();
        }
    }

    private static RingFeed feed(WatchLoop loop) {
        WatchFilter filter = WatchFilter.every();
        WatchSpec spec = HubWorld.spec(HubWorld.initial(), () -> filter, false);
        Watcher watch = new RunningWatch(loop, spec, new RecordingSink(() -> 0L));
        return new RingFeed(loop.walk(), watch, spec.scope(), spec, filter);
    }

    private static WatchLoop loop() {
        ModelStore model = new ModelStore();
        StepExecutor executor = new StepExecutor();
        return new WatchLoop(
                executor,
                new Sources(
                        new EventRing(1 << 20),
                        new CatchUp(model, executor, 1, model::place, HubWorld.unpaced()),
                        model,
                        1_000,
                        new WatchMetrics(Instrumentation.none())));
    }

    private static List<Watcher> watches(List<RingFeed> feeds) {
        List<Watcher> watches = new ArrayList<>();
        feeds.forEach(feed -> feed.copyTo(watches));
        return watches;
    }

    private static void check(long seed, KeyIndex index, Map<Long, List<RingFeed>> model) {
        List<Watcher> all = new ArrayList<>();
        index.copyTo(all);
        int expected = model.values().stream().mapToInt(List::size).sum();
        assertThat(all).as("seed %s", seed).hasSize(expected);
        assertThat(index.isEmpty()).as("seed %s", seed).isEqualTo(expected == 0);
        model.forEach((hash, feeds) -> {
            List<Watcher> found = new ArrayList<>();
            Feeds there = index.get(hash);
            if (there != null) {
                there.copyTo(found);
            }
            assertThat(found).as("seed %s, hash %s", seed, hash).containsExactlyInAnyOrderElementsOf(watches(feeds));
        });
    }
}
