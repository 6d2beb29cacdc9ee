package dev.proreus.workspace.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever leaves the index hides nobody and leaves nothing behind. */
class KeyIndexRemovalTest {
    /** Twice the slots of the smallest table, so that each place is home to two keys. */
    private static final int KEYS = 16;

    /** As many as the smallest table takes. */
    private static final int HELD = 4;

    private final List<RingFeed> feeds = feeds();

    @Test
    void hidesNobodyWhateverTheirPlaces() {
        int arrangements = 1 << 16;
        for (int arrangement = 0; arrangement < arrangements; arrangement++) {
            long[] keys = {
                arrangement % KEYS,
                arrangement / KEYS % KEYS,
                arrangement / KEYS / KEYS % KEYS,
                arrangement / KEYS / KEYS / KEYS
            };
            if (List.of(keys[0], keys[1], keys[2], keys[3]).stream().distinct().count() == HELD) {
                for (int leaving = 0; leaving < HELD; leaving++) {
                    leave(keys, leaving);
                }
            }
        }
    }

    @Test
    void leavesNothingBehind() {
        KeyIndex index = new KeyIndex();
        for (int key = 0; key < KEYS; key++) {
            index.add(key, feeds.get(0));
            assertThat(index.isEmpty()).isFalse();
            index.remove(key, feeds.get(0));
            assertThat(index.isEmpty()).isTrue();
        }
    }

    private void leave(long[] keys, int leaving) {
        KeyIndex index = new KeyIndex();
        for (int i = 0; i < HELD; i++) {
            index.add(keys[i], feeds.get(i));
        }
        index.remove(keys[leaving], feeds.get(leaving));
        for (int i = 0; i < HELD; i++) {
            if (index.get(keys[i]) != (i == leaving ? null : feeds.get(i))) {
                throw new AssertionError("of " + List.of(keys[0], keys[1], keys[2], keys[3]) + " number " + leaving
                        + " left, and " + keys[i] + " is found wrongly");
            }
        }
    }

    private static List<RingFeed> feeds() {
        ModelStore model = new ModelStore();
        StepExecutor executor = new StepExecutor();
        WatchLoop loop = new WatchLoop(
                executor,
                new Sources(
                        new EventRing(1 << 20),
                        new CatchUp(model, executor, 1, model::place),
                        model,
                        1,
                        new WatchMetrics(Instrumentation.none())));
        WatchFilter filter = WatchFilter.every();
        WatchSpec spec = HubWorld.spec(HubWorld.initial(), () -> filter, false);
        List<RingFeed> feeds = new ArrayList<>();
        for (int i = 0; i < HELD; i++) {
            Watcher watch = new RunningWatch(loop, spec, new RecordingSink(() -> 0L));
            feeds.add(new RingFeed(loop.walk(), watch, spec.scope(), spec, filter));
        }
        return feeds;
    }
}
