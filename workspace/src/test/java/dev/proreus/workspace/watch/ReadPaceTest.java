package dev.proreus.workspace.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.watch.HubWorld.Watched;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When reads of history rest, and for how long. */
class ReadPaceTest {
    private static final long TOOK = 400_000;

    private final List<Long> rests = new ArrayList<>();
    private long now = 5;

    private final ReadPace pace = new ReadPace(() -> now, nanos -> {
        rests.add(nanos);
        now += nanos;
    });

    @Test
    void whereNothingIsWrittenNoReadRests() {
        read(TOOK);
        read(TOOK);
        assertThat(rests).isEmpty();
    }

    @Test
    void whileWritesComeARestIsHalfOfTheReadBefore() {
        pace.published(now);
        read(TOOK);
        read(3 * TOOK);
        read(TOOK);
        assertThat(rests).containsExactly(TOOK / 2, 3 * TOOK / 2);
    }

    @Test
    void aRestIsNoPartOfWhatTheNextIsMeasuredBy() {
        pace.published(now);
        for (int i = 0; i < 10; i++) {
            read(TOOK);
        }
        assertThat(rests).hasSize(9).containsOnly(TOOK / 2);
    }

    @Test
    void boundedAfterAReadThatTookLong() {
        read(1_000 * TOOK);
        pace.published(now);
        read(TOOK);
        assertThat(rests).containsExactly(ReadPace.REST_MAX_NANOS);
    }

    @Test
    void whenWritesHaveCeasedNoReadRests() {
        pace.published(now);
        read(TOOK);
        now += ReadPace.WRITES_WITHIN_NANOS;
        read(TOOK);
        assertThat(rests).isEmpty();
    }

    /** The hub tells of each write: without that, a watch that catches up would never learn that it is in the way. */
    @Test
    void readsOfAWatchThatCatchesUpRestWhileOthersWrite() {
        List<Long> all = new ArrayList<>();
        long[] clock = {0};
        ReadPace slow = new ReadPace(() -> clock[0] += TOOK, all::add);
        HubWorld world = new HubWorld(1, 0, Instrumentation.none(), slow);
        for (int i = 0; i < 3; i++) {
            world.commit(Write.large("r" + i, Limits.SHARE_BYTES));
        }
        Watched watched = world.watch(HubWorld.after(0), WatchFilter.every(), world.sink());
        world.settle();
        assertThat(watched.events()).containsExactly("added r0@1", "added r1@2", "added r2@3");
        assertThat(all).hasSize(2).containsOnly(TOOK / 2);
    }

    private void read(long took) {
        long began = pace.begin();
        now += took;
        pace.end(began);
    }
}
