package dev.proreus.workspace.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operations on a store and on a model of it, which must agree in every answer. */
public abstract class StoreModelContract {
    private static final int STEPS = 1_500;
    private static final int OPEN_CURSORS = 6;
    private static final byte[] END = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF};
    private static final byte[] ALPHABET = {0, 1, 'a', 'b', 0x7F, (byte) 0x80, (byte) 0xFF};

    protected abstract Store open();

    /** Makes the store keep what it holds in another way, where it has one. */
    protected void settle(Store store) {}

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void agreesWithAModel(long seed) {
        try (Store store = open()) {
            new Run(store, new Random(seed)).go();
        }
    }

    private final class Run {
        private final Store store;
        private final Random random;
        private final Map<Table, NavigableMap<byte[], byte[]>> model = new EnumMap<>(Table.class);
        private final List<Pair> cursors = new ArrayList<>();

        Run(Store store, Random random) {
            this.store = store;
            this.random = random;
            for (Table table : Table.values()) {
                model.put(table, new TreeMap<>(Arrays::compareUnsigned));
            }
        }

        void go() {
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(12)) {
                    case 0, 1, 2 -> write();
                    case 3 -> deleteSome();
                    case 4 -> get();
                    case 5 -> getAll();
                    case 6, 7 -> openCursor();
                    case 8, 9, 10 -> moveCursor();
                    default -> seldom();
                }
            }
            cursors.forEach(pair -> pair.cursor.close());
            checkAll();
        }

        private void write() {
            StoreBatch batch = new StoreBatch();
            for (int i = random.nextInt(10); i >= 0; i--) {
                Table table = table();
                byte[] key = key();
                if (random.nextInt(3) == 0) {
                    batch.delete(table, key);
                    rows(table).remove(key);
                } else {
                    byte[] value = new byte[random.nextInt(40)];
                    random.nextBytes(value);
                    batch.put(table, key, value);
                    rows(table).put(key, value);
                }
            }
            store.write(batch);
        }

        private void deleteSome() {
            StoreBatch deletes = new StoreBatch();
            for (int i = random.nextInt(4); i > 0; i--) {
                Table table = table();
                byte[] key = key();
                deletes.delete(table, key);
                rows(table).remove(key);
            }
            store.writeUnsynced(deletes);
        }

        private void deleteRange() {
            KeyRange range = range();
            List<Table> tables = tables();
            store.deleteRange(tables, range);
            tables.forEach(table -> rows(table).keySet().removeIf(range::contains));
        }

        private void get() {
            Table table = table();
            byte[] key = key();
            assertThat(store.get(table, key)).isEqualTo(rows(table).get(key));
        }

        /** Asks for many keys at once, of which some may be left out once the others are enough. */
        private void getAll() {
            Table table = table();
            List<byte[]> keys = new ArrayList<>();
            for (int i = random.nextInt(20); i > 0; i--) {
                keys.add(key());
            }
            rows(table).keySet().stream().limit(random.nextInt(5)).forEach(keys::add);
            Collections.shuffle(keys, random);
            long enough = random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(100);
            List<byte @Nullable []> found = store.getAll(table, keys, enough);
            assertThat(found).hasSameSizeAs(keys);
            long bytes = 0;
            boolean leftOut = false;
            for (int i = 0; i < keys.size(); i++) {
                byte[] expected = rows(table).get(keys.get(i));
                byte[] value = found.get(i);
                leftOut |= value == null && expected != null;
                if (value != null) {
                    assertThat(value).isEqualTo(expected);
                    bytes += value.length;
                }
            }
            if (leftOut) {
                assertThat(bytes).as("bytes found, since some are left out").isGreaterThanOrEqualTo(enough);
            }
        }

        private void openCursor() {
            if (cursors.size() == OPEN_CURSORS) {
                cursors.remove(random.nextInt(OPEN_CURSORS)).cursor.close();
            }
            Table table = table();
            byte[] from = key();
            byte[] to = key();
            boolean some = Arrays.compareUnsigned(from, to) < 0;
            NavigableMap<byte[], byte[]> seen = new TreeMap<>(Arrays::compareUnsigned);
            if (some) {
                seen.putAll(rows(table).subMap(from, true, to, false));
            }
            Pair pair = new Pair(store.cursor(table, from, to), seen);
            pair.check();
            cursors.add(pair);
        }

        private void moveCursor() {
            if (cursors.isEmpty()) {
                return;
            }
            Pair pair = cursors.get(random.nextInt(cursors.size()));
            switch (random.nextInt(6)) {
                case 0 -> pair.seek(key());
                case 1 -> pair.seekBack(key());
                case 2 -> pair.previous();
                default -> pair.next();
            }
            pair.check();
        }

        private void seldom() {
            switch (random.nextInt(12)) {
                case 0 -> settle(store);
                case 1 -> store.compact(tables(), range());
                case 2, 3, 4 -> deleteRange();
                case 5 -> checkAll();
                default -> {
                    if (!cursors.isEmpty()) {
                        cursors.remove(random.nextInt(cursors.size())).cursor.close();
                    }
                }
            }
        }

        /** Holds every row of every table against the model. */
        private void checkAll() {
            model.forEach((table, rows) -> {
                try (Cursor at = store.cursor(table, new byte[0], END)) {
                    for (Map.Entry<byte[], byte[]> row : rows.entrySet()) {
                        assertThat(at.valid()).isTrue();
                        assertThat(at.key()).isEqualTo(row.getKey());
                        assertThat(at.value()).isEqualTo(row.getValue());
                        at.next();
                    }
                    assertThat(at.valid()).as("more rows than there are").isFalse();
                }
            });
        }

        /** Returns a range that is narrow mostly, and at times the wrong way round. */
        private KeyRange range() {
            byte[] from = key();
            return random.nextBoolean()
                    ? KeyRange.between(from, key())
                    : KeyRange.between(from, Arrays.copyOf(from, from.length + 1 + random.nextInt(2)));
        }

        private List<Table> tables() {
            List<Table> some = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                some.add(table());
            }
            return some;
        }

        private Table table() {
            Table[] all = Table.values();
            return all[random.nextInt(3) % all.length];
        }

        private byte[] key() {
            byte[] key = new byte[1 + random.nextInt(4)];
            for (int i = 0; i < key.length; i++) {
                key[i] = ALPHABET[random.nextInt(ALPHABET.length)];
            }
            return key;
        }

        private NavigableMap<byte[], byte[]> rows(Table table) {
            return Objects.requireNonNull(model.get(table));
        }
    }

    /** A cursor and what it must show. */
    private static final class Pair {
        private final Cursor cursor;
        private final NavigableMap<byte[], byte[]> rows;
        private byte @Nullable [] at;

        Pair(Cursor cursor, NavigableMap<byte[], byte[]> rows) {
            this.cursor = cursor;
            this.rows = rows;
            this.at = rows.isEmpty() ? null : rows.firstKey();
        }

        void next() {
            at = at == null ? null : rows.higherKey(at);
            assertThat(cursor.next()).isEqualTo(at != null);
        }

        void previous() {
            at = at == null ? null : rows.lowerKey(at);
            assertThat(cursor.previous()).isEqualTo(at != null);
        }

        void seek(byte[] key) {
            at = rows.ceilingKey(key);
            assertThat(cursor.seek(key)).isEqualTo(at != null);
        }

        void seekBack(byte[] key) {
            at = rows.floorKey(key);
            assertThat(cursor.seekBack(key)).isEqualTo(at != null);
        }

        void check() {
            assertThat(cursor.valid()).isEqualTo(at != null);
            if (at != null) {
                assertThat(cursor.key()).isEqualTo(at);
                assertThat(cursor.value()).isEqualTo(rows.get(at));
            }
        }
    }
}
