package dev.proreus.workspace.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The index against a map, under hashes that collide wherever they can. */
class KeyIndexTest {
    @Test
    void itHoldsWhatAMapHolds() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int life = 0; life < 200; life++) {
            HubWorld world = HubWorld.roomy();
            KeyIndex index = new KeyIndex();
            Map<Long, List<RunningWatch>> model = new HashMap<>();
            List<RunningWatch> free = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                free.add((RunningWatch) world.watch(HubWorld.initial(), WatchFilter.every(), world.sink())
                        .subscription());
            }
            for (int step = 0; step < 400; step++) {
                long hash = random.nextInt(40) * (random.nextBoolean() ? 1L : 8L);
                List<RunningWatch> held = model.getOrDefault(hash, List.of());
                if (random.nextBoolean() && !free.isEmpty()) {
                    RunningWatch watch = free.remove(free.size() - 1);
                    index.add(hash, watch);
                    model.computeIfAbsent(hash, key -> new ArrayList<>()).add(watch);
                } else if (!held.isEmpty()) {
                    RunningWatch watch = held.remove(random.nextInt(held.size()));
                    index.remove(hash, watch);
                    free.add(watch);
                }
                check(seed, index, model);
            }
        }
    }

    private static void check(long seed, KeyIndex index, Map<Long, List<RunningWatch>> model) {
        List<RunningWatch> all = new ArrayList<>();
        index.copyTo(all);
        int expected = model.values().stream().mapToInt(List::size).sum();
        assertThat(all).as("seed %s", seed).hasSize(expected);
        assertThat(index.isEmpty()).as("seed %s", seed).isEqualTo(expected == 0);
        model.forEach((hash, watches) -> {
            List<RunningWatch> found = new ArrayList<>();
            FeedSet set = index.get(hash);
            if (set != null) {
                set.copyTo(found);
            }
            assertThat(found).as("seed %s, hash %s", seed, hash).containsExactlyInAnyOrderElementsOf(watches);
        });
    }
}
