package dev.proreus.workspace.store.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.KeyRange;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.memory.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each range over a store that also holds the neighbours of what it should find. */
final class KeyRangesTest {
    private static final Keys KEYS = Keys.ofShard(5);
    private static final KeyRanges RANGES = KEYS.ranges();
    private static final List<Keys> ALL = List.of(Keys.ofShard(4), KEYS, Keys.ofShard(6));

    private final Store store = new MemoryStore();

    @BeforeEach
    void fill() {
        StoreBatch batch = new StoreBatch();
        for (Keys keys : ALL) {
            fillMeta(batch, keys);
            for (long workspace : new long[] {6, 7, 8}) {
                fillWorkspace(batch, keys, workspace);
            }
            for (long sequence : new long[] {1, 4, 9, 300}) {
                put(batch, Table.SEQUENCE, keys.sequence(sequence));
            }
            for (int bucket : new int[] {8, 9, 10}) {
                put(batch, Table.DEDUP, keys.dedup(bucket, new byte[Keys.HASH_BYTES]));
            }
        }
        put(batch, Table.META, Keys.store());
        store.write(batch);
    }

    private static void fillMeta(StoreBatch batch, Keys keys) {
        put(batch, Table.META, keys.applied());
        for (long id : new long[] {1, 2, 300, Long.MAX_VALUE}) {
            put(batch, Table.META, keys.workspace(id));
        }
        for (int id : new int[] {1, 256, 257}) {
            put(batch, Table.META, keys.type(id));
        }
    }

    private static void fillWorkspace(StoreBatch batch, Keys keys, long workspace) {
        for (long revision : new long[] {1, 2, 3, 255, 256, 257}) {
            put(batch, Table.LOG, keys.log(workspace, revision));
        }
        for (int type : new int[] {255, 256, 257}) {
            for (String name : List.of("a", "a-b", "aa", "b")) {
                put(batch, Table.HEAD, keys.head(workspace, type, name));
                for (long revision : new long[] {1, 3, 256}) {
                    put(batch, Table.VERSION, keys.version(workspace, type, name, revision));
                }
                put(batch, Table.INDEX, keys.index(workspace, type, 1, "x", name));
                put(batch, Table.INDEX, keys.index(workspace, type, 1, "xy", name));
                put(batch, Table.INDEX, keys.index(workspace, type, 2, "x", name));
            }
        }
    }

    private static void put(StoreBatch batch, Table table, byte[] key) {
        batch.put(table, key, new byte[0]);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void everythingIsEverything() {
        for (Table table : Table.values()) {
            byte[] greatest = {(byte) 0xFF, (byte) 0xFE, (byte) 0xFF, (byte) 0xFF};
            assertThat(KeyRanges.everything().contains(greatest)).isTrue();
            assertThat(found(table, KeyRanges.everything(), key -> table)).isNotEmpty();
        }
    }

    @Test
    void metaRowsAreThoseOfAKind() {
        assertThat(found(Table.META, RANGES.metaRows(MetaKind.WORKSPACE), Keys::parseMeta))
                .containsExactly(
                        new StoredKey.Workspace(5, 1),
                        new StoredKey.Workspace(5, 2),
                        new StoredKey.Workspace(5, 300),
                        new StoredKey.Workspace(5, Long.MAX_VALUE));
        assertThat(found(Table.META, RANGES.metaRows(MetaKind.TYPE), Keys::parseMeta))
                .containsExactly(new StoredKey.Type(5, 1), new StoredKey.Type(5, 256), new StoredKey.Type(5, 257));
        assertThat(found(Table.META, RANGES.metaRows(MetaKind.APPLIED), Keys::parseMeta))
                .containsExactly(new StoredKey.Applied(5));
    }

    @Test
    void objectsAreThoseOfAType() {
        assertThat(found(Table.HEAD, RANGES.objects(7, 256), Keys::parseHead))
                .containsExactly(
                        new StoredKey.Head(5, 7, 256, "a"),
                        new StoredKey.Head(5, 7, 256, "a-b"),
                        new StoredKey.Head(5, 7, 256, "aa"),
                        new StoredKey.Head(5, 7, 256, "b"));
        assertThat(found(
                        Table.HEAD,
                        RANGES.objectsAfter(7, 256, "a"),
                        key -> Keys.parseHead(key).name()))
                .containsExactly("a-b", "aa", "b");
        assertThat(found(
                        Table.VERSION,
                        RANGES.objectsAfter(7, 256, "aa"),
                        key -> Keys.parseVersion(key).name()))
                .containsExactly("b", "b", "b");
        assertThat(found(Table.HEAD, RANGES.objectsAfter(7, 256, "b"), Keys::parseHead))
                .isEmpty();
        assertThat(found(Table.HEAD, RANGES.allOfWorkspace(7), Keys::parseHead))
                .hasSize(12)
                .allMatch(head -> head.workspaceId() == 7 && head.shard() == 5);
    }

    @Test
    void versionsAreThoseOfANameNewestFirst() {
        assertThat(found(Table.VERSION, RANGES.versions(7, 256, "a"), Keys::parseVersion))
                .containsExactly(
                        new StoredKey.Version(5, 7, 256, "a", 256),
                        new StoredKey.Version(5, 7, 256, "a", 3),
                        new StoredKey.Version(5, 7, 256, "a", 1));
        assertThat(revisionsAt(255)).containsExactly(3L, 1L);
        assertThat(revisionsAt(3)).containsExactly(3L, 1L);
        assertThat(revisionsAt(2)).containsExactly(1L);
        assertThat(revisionsAt(0)).isEmpty();
        assertThat(revisionsAt(Long.MAX_VALUE)).hasSize(3);
    }

    private List<Long> revisionsAt(long revision) {
        return found(Table.VERSION, RANGES.versionsAt(7, 256, "a", revision), Keys::revisionOf);
    }

    @Test
    void theLogIsReadAfterOneRevisionThroughAnother() {
        assertThat(log(0, Long.MAX_VALUE)).containsExactly(1L, 2L, 3L, 255L, 256L, 257L);
        assertThat(log(2, 256)).containsExactly(3L, 255L, 256L);
        assertThat(log(3, 254)).isEmpty();
        assertThat(log(257, Long.MAX_VALUE)).isEmpty();
        assertThat(log(Long.MAX_VALUE, Long.MAX_VALUE)).isEmpty();
        assertThat(log(5, 2)).isEmpty();
    }

    private List<Long> log(long after, long through) {
        return found(
                Table.LOG,
                RANGES.log(7, after, through),
                key -> Keys.parseLog(key).revision());
    }

    @Test
    void otherRangesFindTheirOwnOnly() {
        assertThat(found(
                        Table.SEQUENCE,
                        RANGES.sequencesFrom(4),
                        key -> Keys.parseSequence(key).firstSequence()))
                .containsExactly(4L, 9L, 300L);
        assertThat(found(Table.INDEX, RANGES.indexed(7, 256, 1, "x"), Keys::parseIndex))
                .hasSize(4)
                .allMatch(key -> key.value().equals("x") && key.field() == 1 && key.typeId() == 256);
        assertThat(found(Table.INDEX, RANGES.indexed(7, 256, 1), Keys::parseIndex))
                .hasSize(8);
        assertThat(found(
                        Table.DEDUP,
                        RANGES.bucket(9),
                        key -> Keys.parseDedup(key).bucket()))
                .containsExactly(9);
    }

    @Test
    void aRangeKnowsItsEnds() {
        KeyRange range = KeyRange.ofPrefix(new byte[] {1, (byte) 0xFF});
        assertThat(range).isEqualTo(KeyRange.between(new byte[] {1, (byte) 0xFF}, new byte[] {2}));
        assertThat(range).hasSameHashCodeAs(KeyRange.between(new byte[] {1, (byte) 0xFF}, new byte[] {2}));
        assertThat(range).hasToString("[01ff, 02)");
        assertThat(range.contains(new byte[] {1, (byte) 0xFF, 0})).isTrue();
        assertThat(range.contains(new byte[] {1})).isFalse();
        assertThat(range.contains(new byte[] {2})).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> KeyRange.ofPrefix(new byte[] {(byte) 0xFF}));
        assertThatIllegalArgumentException().isThrownBy(() -> KeyRange.ofPrefix(new byte[0]));
    }

    private <T> List<T> found(Table table, KeyRange range, Function<byte[], T> parse) {
        List<T> found = new ArrayList<>();
        try (Cursor at = store.cursor(table, range)) {
            for (; at.valid(); at.next()) {
                found.add(parse.apply(at.key()));
            }
        }
        return found;
    }
}
