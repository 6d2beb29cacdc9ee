package dev.proreus.workspace.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.BodyRoom;
import dev.proreus.workspace.Change;
import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Sections;
import dev.proreus.workspace.type.DeclaredFields;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the cache gives is what was committed, whatever it lost and whoever writes meanwhile. */
class BodyCacheTest {
    private static final int TYPE = 300;
    private static final long WORKSPACE = 7;

    @Test
    void aBodyIsFoundByItsWholeKey() {
        BodyCache cache = cache(1 << 20);
        cache.add(change(WORKSPACE, 5, "robot-1", body(5, 300)));
        assertThat(cache.find(WORKSPACE, TYPE, "robot-1", 5)).isEqualTo(body(5, 300));
        assertThat(cache.find(WORKSPACE, TYPE, "robot-1", 6)).isNull();
        assertThat(cache.find(WORKSPACE, TYPE, "robot-2", 5)).isNull();
        assertThat(cache.find(WORKSPACE, TYPE + 1, "robot-1", 5)).isNull();
        assertThat(cache.find(WORKSPACE + 1, TYPE, "robot-1", 5)).isNull();
    }

    /** Two names with one hash code, in one command: they share a bucket, and all but the names is the same. */
    @Test
    void namesThatCollideAreToldApart() {
        BodyCache cache = cache(1 << 20);
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        cache.add(change(WORKSPACE, 5, "Aa", body(1, 10)));
        cache.add(change(WORKSPACE, 5, "BB", body(2, 10)));
        assertThat(cache.find(WORKSPACE, TYPE, "Aa", 5)).isEqualTo(body(1, 10));
        assertThat(cache.find(WORKSPACE, TYPE, "BB", 5)).isEqualTo(body(2, 10));
    }

    /** A segment of the four is lost at once, and a few bodies to buckets that are full. */
    @Test
    void whatWasAddedFirstGoesFirst() {
        int fitting = 60;
        BodyCache cache = cache(1 << 16);
        for (long revision = 1; revision <= 500; revision++) {
            long last = revision;
            cache.add(change(WORKSPACE, revision, "robot-1", body(revision, 1_000)));
            List<Long> held = LongStream.rangeClosed(1, revision)
                    .filter(each -> cache.find(WORKSPACE, TYPE, "robot-1", each) != null)
                    .boxed()
                    .toList();
            assertThat(held).allMatch(each -> each > last - fitting).contains(revision);
            assertThat(held.size()).isBetween((int) Math.min(revision, fitting * 3 / 4) - 5, fitting);
        }
    }

    @Test
    void whatFitsInNoSegmentIsNotHeldAndPushesNothingOut() {
        BodyCache cache = cache(1 << 16);
        cache.add(change(WORKSPACE, 1, "small", body(1, 100)));
        cache.add(change(WORKSPACE, 2, "large", body(2, 1 << 16)));
        assertThat(cache.find(WORKSPACE, TYPE, "large", 2)).isNull();
        assertThat(cache.find(WORKSPACE, TYPE, "small", 1)).isEqualTo(body(1, 100));
    }

    @Test
    void theLongestObjectIsHeldByACacheOfTheDefaultSize() {
        BodyCache cache = cache(CacheSizes.defaults(1L << 30).bodyBytes());
        cache.add(change(WORKSPACE, 1, "x".repeat(253), body(1, 1 << 20)));
        assertThat(cache.find(WORKSPACE, TYPE, "x".repeat(253), 1)).isEqualTo(body(1, 1 << 20));
    }

    @Test
    void ofADeletionNothingIsHeldSinceItMadeNoBody() {
        BodyCache cache = cache(1 << 20);
        cache.add(change(ChangeKind.DELETED, WORKSPACE, 5, "robot-1", body(4, 100)));
        assertThat(cache.find(WORKSPACE, TYPE, "robot-1", 5)).isNull();
    }

    @Test
    void whereNoMoreMemoryIsToBeHadItStaysAtHalfOfWhatItGot() {
        for (int given = 0; given < 8; given++) {
            AtomicInteger left = new AtomicInteger(given);
            BodyCache cache = new BodyCache(
                    8L * (2 << 20),
                    length -> {
                        if (left.getAndDecrement() <= 0) {
                            throw new OutOfMemoryError("no more");
                        }
                        return ByteBuffer.allocate(length);
                    },
                    Instrumentation.none());
            int each = 100_000;
            for (long revision = 1; revision <= 400; revision++) {
                cache.add(change(WORKSPACE, revision, "robot-1", body(revision, each)));
                for (long older = 1; older <= revision; older++) {
                    ByteString found = cache.find(WORKSPACE, TYPE, "robot-1", older);
                    assertThat(found == null || found.byteAt(each - 1) == (byte) (older * 31))
                            .isTrue();
                }
            }
            long held = LongStream.rangeClosed(1, 400)
                    .filter(revision -> cache.find(WORKSPACE, TYPE, "robot-1", revision) != null)
                    .count();
            assertThat(held).isBetween(given / 2 == 0 ? 0L : (given / 2 - 1) * 20L + 1, given / 2 * 20L);
            assertThat(left.get()).as("asked once more than it was given").isEqualTo(-1);
        }
    }

    @Test
    void withoutMemoryNothingIsHeld() {
        for (int bytes : new int[] {0, 1, 100}) {
            BodyCache cache = cache(bytes);
            cache.add(change(WORKSPACE, 1, "robot-1", body(1, 1)));
            assertThat(cache.find(WORKSPACE, TYPE, "robot-1", 1)).isNull();
        }
    }

    /** A segment has room for more entries than the index has places, so that many are found there no more. */
    @Test
    void whatIsWantedInTheOrderInWhichItWasAddedIsFoundWithoutTheIndex() {
        BodyCache cache = cache(1 << 16);
        long added = 341;
        for (long revision = 1; revision <= added; revision++) {
            cache.add(change(WORKSPACE, revision, "robot-1", body(revision, 10)));
        }
        long indexed = LongStream.rangeClosed(1, added)
                .filter(revision -> cache.find(WORKSPACE, TYPE, "robot-1", revision) != null)
                .count();
        assertThat(indexed).isLessThanOrEqualTo((1 << 16) / 256);
        BodyCache.Walk walk = cache.walk(BodyRoom.OWN);
        int found = 0;
        for (long revision = 1; revision <= added; revision++) {
            ByteString body = walk.find(WORKSPACE, TYPE, "robot-1", revision);
            assertThat(body).isEqualTo(body == null && found == 0 ? null : body(revision, 10));
            found += body == null ? 0 : 1;
        }
        assertThat(found).isGreaterThan(300);
    }

    @Test
    void aWalkFindsWhatIsWantedInAnyOrder() {
        BodyCache cache = cache(1 << 20);
        for (long revision = 1; revision <= 100L; revision++) {
            cache.add(change(WORKSPACE + revision % 2, revision, "robot-1", body(revision, 10)));
        }
        SplittableRandom random = new SplittableRandom(1);
        BodyCache.Walk walk = cache.walk(BodyRoom.OWN);
        for (int i = 0; i < 1_000; i++) {
            long revision = random.nextLong(1, 101);
            assertThat(walk.find(WORKSPACE + revision % 2, TYPE, "robot-1", revision))
                    .isEqualTo(body(revision, 10));
            assertThat(walk.find(WORKSPACE + revision % 2, TYPE, "robot-1", 101))
                    .isNull();
        }
    }

    /** What a segment held before it was used again may look like an entry: a tenant writes its bodies. */
    @Test
    void whatStandsBehindTheLastEntryOfASegmentPassesForNone() {
        int segment = 1 << 10;
        int head = 28 + "robot-1".length();
        byte[] crafted = new byte[900];
        ByteBuffer.wrap(crafted)
                .position(segment / 2 - head)
                .putLong(WORKSPACE)
                .putLong(99)
                .putInt(TYPE)
                .putInt("robot-1".length())
                .putInt(5)
                .put("robot-1crafted".getBytes(StandardCharsets.UTF_8));
        BodyCache cache = cache(4L * segment);
        cache.add(change(WORKSPACE + 1, 1, "robot-1", ByteString.copyFrom(crafted)));
        for (long revision = 2; revision <= 4; revision++) {
            cache.add(change(WORKSPACE, revision, "robot-1", body(revision, 900)));
        }
        cache.add(change(WORKSPACE, 5, "robot-1", body(5, segment / 2 - head)));
        cache.add(change(WORKSPACE, 6, "robot-1", body(6, 900)));
        BodyCache.Walk walk = cache.walk(BodyRoom.OWN);
        assertThat(walk.find(WORKSPACE, TYPE, "robot-1", 5)).isEqualTo(body(5, segment / 2 - head));
        assertThat(walk.find(WORKSPACE, TYPE, "robot-1", 99)).isNull();
    }

    /** Bodies of one length that are overwritten again and again: a torn one would show at any byte. */
    @Test
    void nobodyReadsWhatIsOverwrittenMeanwhile() throws Exception {
        BodyCache cache = cache(8 << 10);
        AtomicLong newest = new AtomicLong();
        LongAdder found = new LongAdder();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                SplittableRandom random = new SplittableRandom(i);
                readers.add(threads.submit(() -> {
                    while (newest.get() >= 0) {
                        long revision = Math.max(1, newest.get() - random.nextInt(60));
                        BodyCache.Walk walk = cache.walk(BodyRoom.OWN);
                        for (long each = revision; each < revision + 4; each++) {
                            ByteString body = walk.find(WORKSPACE, TYPE, "robot-1", each);
                            if (body != null) {
                                found.increment();
                                assertThat(body).isEqualTo(body(each, 100));
                            }
                        }
                    }
                }));
            }
            for (long revision = 1; revision <= 500_000; revision++) {
                cache.add(change(WORKSPACE, revision, "robot-1", body(revision, 100)));
                newest.set(revision);
            }
            newest.set(-1);
            for (Future<?> reader : readers) {
                reader.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(found.sum()).isPositive();
    }

    private static BodyCache cache(long bytes) {
        return new BodyCache(bytes, Instrumentation.none());
    }

    private static ByteString body(long revision, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) (revision * 31));
        return ByteString.copyFrom(bytes);
    }

    private static Change change(long workspaceId, long revision, String name, ByteString body) {
        return change(ChangeKind.ADDED, workspaceId, revision, name, body);
    }

    private static Change change(ChangeKind kind, long workspaceId, long revision, String name, ByteString body) {
        return new Change(
                revision,
                workspaceId,
                revision,
                TYPE,
                name,
                kind,
                Sections.SPEC,
                body,
                DeclaredFields.NONE.selectable(name, ByteString.EMPTY),
                null,
                null,
                0);
    }
}
