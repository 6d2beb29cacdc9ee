package dev.proreus.workspace.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.RecordedMetrics;
import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.cache.NewestObject.Seen;
import dev.proreus.workspace.store.rows.HeadRow;
import dev.proreus.workspace.type.DeclaredFields;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the cache gives is what was noted last, within so many bytes. */
class ObjectCacheTest {
    private static final int TYPE = 300;
    private static final long WORKSPACE = 7;
    private static final int OBJECT_BYTES = 1_000;

    private final RecordedMetrics recorded = new RecordedMetrics(() -> 0);

    @Test
    void anObjectIsFoundByItsWholeKeyAsItWasNotedLast() {
        ObjectCache cache = new ObjectCache(1 << 20, recorded.instrumentation());
        cache.put(WORKSPACE, TYPE, "robot-1", object(1));
        cache.put(WORKSPACE, TYPE, "robot-1", object(2));
        assertThat(cache.find(WORKSPACE, TYPE, "robot-1")).isEqualTo(object(2));
        assertThat(cache.find(WORKSPACE, TYPE, "robot-2")).isNull();
        assertThat(cache.find(WORKSPACE, TYPE + 1, "robot-1")).isNull();
        assertThat(cache.find(WORKSPACE + 1, TYPE, "robot-1")).isNull();
        cache.remove(WORKSPACE, TYPE, "robot-1");
        assertThat(cache.find(WORKSPACE, TYPE, "robot-1")).isNull();
        assertThat(recorded.sum("proreus.object_cache.hits")).isEqualTo(1);
        assertThat(recorded.sum("proreus.object_cache.misses")).isEqualTo(4);
    }

    /** Bounded: many more objects than fit. Which of them stay is the cache's to say. */
    @Test
    void itTakesNoMoreThanItMay() {
        long bytes = 1 << 18;
        ObjectCache cache = new ObjectCache(bytes, recorded.instrumentation());
        for (int i = 0; i < 10_000; i++) {
            cache.put(WORKSPACE, TYPE, "robot-" + i, object(i));
        }
        assertThat(recorded.sum("proreus.object_cache.size")).isBetween(bytes / 2, bytes);
        assertThat(recorded.sum("proreus.object_cache.limit")).isEqualTo(bytes);
        long held = IntStream.range(0, 10_000)
                .filter(i -> object(i).equals(cache.find(WORKSPACE, TYPE, "robot-" + i)))
                .count();
        assertThat(held).isBetween(bytes / 3 / OBJECT_BYTES, bytes / OBJECT_BYTES);
    }

    @Test
    void withoutBytesItHoldsNothing() {
        ObjectCache cache = new ObjectCache(CacheSizes.NONE.objectBytes(), recorded.instrumentation());
        cache.put(WORKSPACE, TYPE, "robot-1", object(1));
        assertThat(cache.find(WORKSPACE, TYPE, "robot-1")).isNull();
    }

    /** What was seen counts for the fields that were declared then, and for no others. */
    @Test
    void otherFieldsAreReadAnew() {
        DeclaredFields none = DeclaredFields.NONE;
        Selectable kept = Selectable.named("robot-1");
        NewestObject seen = new NewestObject(head(1), ByteString.EMPTY, ByteString.EMPTY, new Seen(none, kept));
        assertThat(seen.selectable(none, "robot-1")).isSameAs(kept);
        DeclaredFields others = none.since(5);
        assertThat(seen.selectable(others, "robot-1")).isNotSameAs(kept).isEqualTo(kept);
    }

    private static NewestObject object(int number) {
        ByteString body = ByteString.copyFrom(new byte[OBJECT_BYTES - 4]).concat(number(number));
        return new NewestObject(head(number), ByteString.copyFromUtf8("test"), body, null);
    }

    private static ByteString number(int number) {
        return ByteString.copyFrom(
                new byte[] {(byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number});
    }

    private static HeadRow head(int revision) {
        return new HeadRow(revision, new UUID(1, 1), 1, OBJECT_BYTES);
    }
}
