package dev.proreus.workspace.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
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
                switch (random.nextInt(8)) {
                    case 0, 1 -> write();
                    case 2 -> get();
                    case 3 -> openCursor();
                    case 4, 5, 6 -> moveCursor();
                    default -> settleOrClose();
                }
            }
            cursors.forEach(pair -> pair.cursor.close());
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

        private void get() {
            Table table = table();
            byte[] key = key();
            assertThat(store.get(table, key)).isEqualTo(rows(table).get(key));
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

        private void settleOrClose() {
            if (random.nextInt(20) == 0) {
                settle(store);
            } else if (!cursors.isEmpty()) {
                cursors.remove(random.nextInt(cursors.size())).cursor.close();
            }
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
