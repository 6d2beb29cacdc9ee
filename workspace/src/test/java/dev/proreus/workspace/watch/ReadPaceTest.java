package dev.proreus.workspace.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.watch.HubWorld.Watched;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** When reads of history rest, and for how long. */
class ReadPaceTest {
    private static final long TOOK = 400_000;
    private static final long STEP = 10_000;
    private static final long SHARE = Limits.SHARE_BYTES;
    private static final long SHARE_NANOS = SHARE * ReadPace.NANOS_PER_BYTE;

    private final List<Long> rests = new ArrayList<>();
    private long now = 5;

    private final ReadPace pace = new ReadPace(() -> now, nanos -> {
        rests.add(nanos);
        now += nanos;
    });

    @Test
    void whereNothingIsWrittenNoReadRests() {
        read(TOOK, SHARE);
        read(TOOK, SHARE);
        assertThat(rests).isEmpty();
    }

    @Test
    void whileWritesComeWhatGivesLittleRestsForAPartOfTheRead() {
        pace.published(now);
        read(TOOK, 0);
        read(3 * TOOK, 1);
        assertThat(rests).containsExactly(TOOK / ReadPace.WORK_PER_REST, 3 * TOOK / ReadPace.WORK_PER_REST);
    }

    @Test
    void whileWritesComeWhatGivesMuchKeepsToTheRate() {
        long began = now;
        int shares = 10;
        for (int i = 0; i < shares; i++) {
            pace.published(now);
            read(TOOK, SHARE);
        }
        assertThat(now - began).isEqualTo(shares * SHARE_NANOS);
        assertThat(rests).hasSize(shares).containsOnly(SHARE_NANOS - TOOK);
    }

    @Test
    void timeThatIsLostIsMadeUpFor() {
        pace.published(now);
        long began = now;
        read(TOOK, SHARE);
        long lost = 300_000;
        now += lost;
        read(TOOK, SHARE);
        assertThat(now - began).isEqualTo(2 * SHARE_NANOS);
        assertThat(rests).containsExactly(SHARE_NANOS - TOOK, SHARE_NANOS - TOOK - lost);
    }

    @Test
    void ofALongPauseLittleIsMadeUpFor() {
        pace.published(now);
        read(TOOK, SHARE);
        now += 1_000 * TOOK;
        long began = now;
        int shares = 20;
        for (int i = 0; i < shares; i++) {
            pace.published(now);
            read(TOOK, SHARE);
        }
        assertThat(now - began).isEqualTo(shares * SHARE_NANOS - ReadPace.LATE_MAX_NANOS);
        assertThat(rests).allMatch(rest -> rest >= TOOK / ReadPace.WORK_PER_REST);
    }

    /** A machine on which a read takes longer than it may by the rate has no more rests than it must. */
    @Test
    void whatIsSlowAnywayIsNotMadeMuchSlower() {
        pace.published(now);
        read(2 * SHARE_NANOS, SHARE);
        assertThat(rests).containsExactly(2 * SHARE_NANOS / ReadPace.WORK_PER_REST);
    }

    @Test
    void boundedAfterAReadThatTookLong() {
        pace.published(now + 1_000 * TOOK);
        read(1_000 * TOOK, 0);
        assertThat(rests).containsExactly(ReadPace.REST_MAX_NANOS);
    }

    @Test
    void whenWritesHaveCeasedNoReadRests() {
        pace.published(now);
        now += ReadPace.WRITES_WITHIN_NANOS;
        read(TOOK, SHARE);
        assertThat(rests).isEmpty();
    }

    /** What is asked for while a reader rests is read by it: nobody else is woken for it, nor begins meanwhile. */
    @Test
    void whoHasRestedDoesWhatCameMeanwhile() {
        List<HubWorld> worlds = new ArrayList<>();
        ReadPace resting = new ReadPace(() -> now, nanos -> {
            rests.add(nanos);
            now += nanos;
            worlds.get(0).loop().drain();
            assertThat(worlds.get(0).readers().hasWork()).as("others are woken").isFalse();
        });
        HubWorld world = new HubWorld(1, 0, Instrumentation.none(), resting);
        worlds.add(world);
        int shares = 5;
        for (int i = 0; i < shares; i++) {
            world.commit(Write.large("r" + i, Limits.SHARE_BYTES));
        }
        resting.published(now);
        Watched watched = world.watch(HubWorld.after(0), WatchFilter.every(), world.sink());
        world.settle();
        assertThat(watched.events()).hasSize(shares);
        assertThat(rests).hasSize(shares);
        assertThat(world.readers().accepted()).isEqualTo(1);
    }

    /** Who asks for more as soon as it has something waits for the reader that rests: two would be at work for one. */
    @Test
    void whatIsAskedForWithTheAnswerWaitsForTheRest() {
        HubWorld world = new HubWorld(1, 0);
        world.commit(Write.large("a", Limits.SHARE_BYTES));
        CatchUp catchUp = new CatchUp(world.model(), world.readers(), 2, world.model()::place, pace);
        int[] left = {5};
        HistoryRead.Asker quick = new HistoryRead.Asker() {
            @Override
            public void arrived(HistoryRead read) {
                if (--left[0] > 0) {
                    pace.published(now);
                    catchUp.submit(read(this, WatchFilter.every()));
                    assertThat(world.readers().hasWork()).as("others are woken").isFalse();
                }
            }
        };
        pace.published(now);
        catchUp.submit(read(quick, WatchFilter.every()));
        world.readers().drain();
        assertThat(left[0]).isZero();
        assertThat(rests).hasSize(5).allMatch(nanos -> nanos >= SHARE_NANOS && nanos < SHARE_NANOS + STEP);
    }

    /** A place that was kept by a rest that never came would be lost for ever. */
    @Test
    void whoseAnswerIsNotTakenDoesNotRest() {
        HubWorld world = new HubWorld(1, 0);
        world.commit(Write.large("a", Limits.SHARE_BYTES));
        CatchUp catchUp = new CatchUp(world.model(), world.readers(), 1, world.model()::place, pace);
        HistoryRead.Asker gone = answered -> {
            throw new RejectedExecutionException("ended");
        };
        for (int i = 0; i < 3; i++) {
            pace.published(now);
            catchUp.submit(read(gone, WatchFilter.every()));
            assertThatThrownBy(world.readers()::step).isInstanceOf(RejectedExecutionException.class);
            assertThat(catchUp.size()).isZero();
        }
        assertThat(rests).isEmpty();
    }

    /** Two that read at the same time keep to the rate each. */
    @Test
    void readsThatRunBesideEachOtherDoNotRestForWhatTheOthersGive() {
        HubWorld world = new HubWorld(1, 0);
        world.commit(Write.large("a", Limits.SHARE_BYTES));
        CatchUp catchUp = new CatchUp(world.model(), world.readers(), 2, world.model()::place, pace);
        pace.published(now);
        catchUp.submit(read(WatchFilter.every()));
        catchUp.submit(read(WatchFilter.named("a")));
        world.readers().step();
        assertThat(rests.get(0)).isBetween(SHARE_NANOS / 2, SHARE_NANOS / 2 + STEP);
        world.readers().step();
        assertThat(rests.get(1)).isBetween(SHARE_NANOS, SHARE_NANOS + STEP);
    }

    /** The hub tells of each write: without that, a watch that catches up would never learn that it is in the way. */
    @Test
    void readsOfAWatchThatCatchesUpRestWhileOthersWrite() {
        List<Long> all = new ArrayList<>();
        long[] clock = {0};
        ReadPace slow = new ReadPace(() -> clock[0] += STEP, nanos -> {
            all.add(nanos);
            clock[0] += nanos;
        });
        HubWorld world = new HubWorld(1, 0, Instrumentation.none(), slow);
        for (int i = 0; i < 3; i++) {
            world.commit(Write.large("r" + i, Limits.SHARE_BYTES));
        }
        Watched watched = world.watch(HubWorld.after(0), WatchFilter.every(), world.sink());
        world.settle();
        assertThat(watched.events()).containsExactly("added r0@1", "added r1@2", "added r2@3");
        assertThat(all).hasSize(3).allMatch(nanos -> nanos > SHARE_NANOS - 3 * STEP && nanos < SHARE_NANOS);
    }

    private static HistoryRead read(WatchFilter filter) {
        return read(answered -> {}, filter);
    }

    private static HistoryRead read(HistoryRead.Asker asker, WatchFilter filter) {
        return new HistoryRead.OfChanges(asker, HubWorld.spec(HubWorld.after(0), () -> filter, false), filter, 0, 1);
    }

    private void read(long took, long given) {
        long began = pace.now();
        now += took;
        long rest = pace.restNanos(began, given);
        if (rest > 0) {
            pace.rest(rest);
        }
    }
}
