package dev.proreus.workspace.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store must do: all of this, and what {@link StoreDeletionContract} says of deletions. */
public abstract class StoreContract extends StoreDeletionContract {

    /** Returns the cursors and views of a store that are open. */
    protected abstract int openReaders(Store store);

    @Test
    void valuesAreFoundByTheirKeys() {
        put(Table.HEAD, "a", "1");
        put(Table.HEAD, "b", "");

        assertThat(store().get(Table.HEAD, bytes("a"))).asString(UTF_8).isEqualTo("1");
        assertThat(store().get(Table.HEAD, bytes("b"))).isEmpty();
        assertThat(store().get(Table.HEAD, bytes("c"))).isNull();
        assertThat(store().get(Table.HEAD, bytes(""))).isNull();
    }

    @Test
    void manyValuesAreFoundTogetherInTheOrderOfTheirKeys() {
        put(Table.VERSION, "a", "1".repeat(100));
        put(Table.VERSION, "b", "");
        put(Table.VERSION, "d", "4");
        put(Table.HEAD, "c", "another table");
        settle(store());
        put(Table.VERSION, "e", "5");

        List<byte[]> keys = Stream.of("e", "c", "a", "b", "a", "d")
                .map(StoreDeletionContract::bytes)
                .toList();
        List<byte @Nullable []> all = store().getAll(Table.VERSION, keys, 1_000);
        assertThat(all).hasSize(6);
        assertThat(all.get(0)).asString(UTF_8).isEqualTo("5");
        assertThat(all.get(1)).isNull();
        assertThat(all.get(2)).asString(UTF_8).isEqualTo("1".repeat(100));
        assertThat(all.get(3)).isEmpty();
        assertThat(all.get(4)).isEqualTo(all.get(2));
        assertThat(all.get(5)).asString(UTF_8).isEqualTo("4");
        assertThat(store().getAll(Table.VERSION, List.of(), 1_000)).isEmpty();

        List<byte @Nullable []> some = store().getAll(Table.VERSION, Collections.nCopies(50, bytes("a")), 1_000);
        assertThat(some).hasSize(50);
        assertThat(some.stream().filter(Objects::nonNull).count())
                .as("of 50 values, where 10 are enough")
                .isBetween(1L, 20L);
    }

    @Test
    void tablesAreApart() {
        for (Table table : Table.values()) {
            put(table, "k", table.label());
        }
        for (Table table : Table.values()) {
            assertThat(store().get(table, bytes("k"))).asString(UTF_8).isEqualTo(table.label());
            assertThat(scan(table, FIRST, LAST)).containsExactly("6b");
        }
    }

    @Test
    void keysOrderBytewiseAndUnsigned() {
        List<String> ordered =
                List.of("00", "0000", "0001", "01", "61", "6100", "61ff", "62", "7f", "80", "fe", "feff");
        List<String> shuffled =
                List.of("80", "61", "00", "feff", "0001", "6100", "7f", "fe", "0000", "62", "61ff", "01");
        StoreBatch batch = new StoreBatch();
        shuffled.forEach(key -> batch.put(Table.VERSION, hex(key), hex(key)));
        store().write(batch);

        assertThat(scan(Table.VERSION, FIRST, LAST)).isEqualTo(ordered);
        settle(store());
        assertThat(scan(Table.VERSION, FIRST, LAST)).isEqualTo(ordered);
    }

    @Test
    void rangesBeginInclusiveAndEndExclusive() {
        for (String key : List.of("a", "b", "c", "d")) {
            put(Table.LOG, key, key);
        }
        assertThat(names("b", "d")).containsExactly("b", "c");
        assertThat(names("aa", "cc")).containsExactly("b", "c");
        assertThat(names("a", "b")).containsExactly("a");
        assertThat(names("b", "b")).isEmpty();
        assertThat(names("d", "a")).isEmpty();
        assertThat(names("", "")).isEmpty();
        assertThat(names("e", "z")).isEmpty();
        assertThat(names("", "a")).isEmpty();
        try (Cursor at = store().cursor(Table.LOG, KeyRange.ofPrefix(bytes("c")))) {
            assertThat(at.key()).asString(UTF_8).isEqualTo("c");
            assertThat(at.next()).isFalse();
        }
    }

    @Test
    void seekFindsTheFirstKeyAtOrAfter() {
        for (String key : List.of("b", "d", "f", "h")) {
            put(Table.LOG, key, "v" + key);
        }
        try (Cursor at = store().cursor(Table.LOG, bytes("c"), bytes("g"))) {
            assertThat(at.valid()).isTrue();
            assertThat(at.key()).asString(UTF_8).isEqualTo("d");
            assertThat(at.seek(bytes("f"))).isTrue();
            assertThat(at.value()).asString(UTF_8).isEqualTo("vf");
            assertThat(at.seek(bytes("a"))).as("before the range").isTrue();
            assertThat(at.key()).asString(UTF_8).isEqualTo("d");
            assertThat(at.seek(bytes("e"))).as("between keys").isTrue();
            assertThat(at.key()).asString(UTF_8).isEqualTo("f");
            assertThat(at.seek(bytes("g"))).as("the end").isFalse();
            assertThat(at.seek(bytes("z"))).as("behind the end").isFalse();
            assertThat(at.seek(bytes("d"))).as("back again").isTrue();
            assertThat(at.next()).isTrue();
            assertThat(at.next()).isFalse();
            assertThat(at.next()).as("stays at the end").isFalse();
            assertThat(at.valid()).isFalse();
            assertThatIllegalStateException().isThrownBy(at::key);
            assertThatIllegalStateException().isThrownBy(at::value);
        }
    }

    @Test
    void seekBackFindsTheLastKeyAtOrBefore() {
        for (String key : List.of("b", "d", "f", "h")) {
            put(Table.LOG, key, "v" + key);
        }
        try (Cursor at = store().cursor(Table.LOG, bytes("c"), bytes("g"))) {
            assertThat(at.seekBack(bytes("f"))).isTrue();
            assertThat(at.value()).asString(UTF_8).isEqualTo("vf");
            assertThat(at.previous()).isTrue();
            assertThat(at.key()).asString(UTF_8).isEqualTo("d");
            assertThat(at.previous()).as("before the range").isFalse();
            assertThat(at.valid()).isFalse();
            assertThat(at.previous()).as("stays there").isFalse();
            assertThatIllegalStateException().isThrownBy(at::key);
            assertThat(at.seekBack(bytes("e"))).as("between keys").isTrue();
            assertThat(at.key()).asString(UTF_8).isEqualTo("d");
            assertThat(at.next()).as("forward again").isTrue();
            assertThat(at.key()).asString(UTF_8).isEqualTo("f");
            assertThat(at.seekBack(bytes("z"))).as("behind the range").isTrue();
            assertThat(at.key()).asString(UTF_8).isEqualTo("f");
            assertThat(at.seekBack(bytes("b"))).as("before the range").isFalse();
            assertThat(at.seek(bytes("a"))).isTrue();
            assertThat(at.key()).asString(UTF_8).isEqualTo("d");
        }
    }

    @Test
    void aCursorSeesOneMoment() {
        for (String key : List.of("a", "b", "c")) {
            put(Table.HEAD, key, "old");
        }
        try (Cursor at = store().cursor(Table.HEAD, FIRST, LAST)) {
            StoreBatch batch = new StoreBatch();
            batch.put(Table.HEAD, bytes("aa"), bytes("new"));
            batch.put(Table.HEAD, bytes("b"), bytes("new"));
            batch.delete(Table.HEAD, bytes("c"));
            store().write(batch);
            settle(store());
            put(Table.HEAD, "c", "newer");

            assertThat(rest(at)).containsExactly("a=old", "b=old", "c=old");
            assertThat(at.seek(bytes("b"))).isTrue();
            assertThat(at.value()).asString(UTF_8).isEqualTo("old");
        }
        try (Cursor at = store().cursor(Table.HEAD, FIRST, LAST)) {
            assertThat(rest(at)).containsExactly("a=old", "aa=new", "b=new", "c=newer");
        }
    }

    @Test
    void aViewSeesOneMomentOfAllTables() {
        put(Table.HEAD, "k", "1");
        put(Table.META, "k", "1");
        StoreView view = store().view();
        put(Table.HEAD, "k", "2");
        put(Table.META, "l", "2");
        settle(store());

        assertThat(view.get(Table.HEAD, bytes("k"))).asString(UTF_8).isEqualTo("1");
        assertThat(view.get(Table.META, bytes("l"))).isNull();
        Cursor at = view.cursor(Table.HEAD, KeyRange.ofPrefix(bytes("k")));
        view.close();
        view.close();
        put(Table.HEAD, "k", "3");
        assertThat(rest(at)).as("a cursor outlives its view").containsExactly("k=1");
        at.close();
        assertThatExceptionOfType(StoreClosedException.class).isThrownBy(() -> view.get(Table.HEAD, bytes("k")));
        assertThatExceptionOfType(StoreClosedException.class).isThrownBy(() -> view.cursor(Table.HEAD, FIRST, LAST));
        assertThat(openReaders(store())).isZero();
    }

    @Test
    void theLastOperationOnAKeyWins() {
        put(Table.HEAD, "gone", "x");
        StoreBatch batch = new StoreBatch();
        batch.put(Table.HEAD, bytes("gone"), bytes("y"));
        batch.delete(Table.HEAD, bytes("gone"));
        batch.delete(Table.HEAD, bytes("here"));
        batch.put(Table.HEAD, bytes("here"), bytes("1"));
        batch.put(Table.HEAD, bytes("here"), bytes("2"));
        batch.put(Table.HEAD, bytes("never"), bytes("1"));
        batch.delete(Table.HEAD, bytes("never"));
        batch.delete(Table.HEAD, bytes("absent"));
        store().write(batch);

        assertThat(store().get(Table.HEAD, bytes("gone"))).isNull();
        assertThat(store().get(Table.HEAD, bytes("here"))).asString(UTF_8).isEqualTo("2");
        assertThat(scan(Table.HEAD, FIRST, LAST)).containsExactly("68657265");
    }

    @Test
    void aBatchCountsAndBoundsWhatItHolds() {
        StoreBatch batch = new StoreBatch();
        assertThat(batch.isEmpty()).isTrue();
        batch.put(Table.HEAD, bytes("key"), bytes("value"));
        batch.delete(Table.HEAD, bytes("k"));
        assertThat(batch.size()).isEqualTo(2);
        assertThat(batch.bytes()).isEqualTo(3 + 5 + 1);
        assertThatIllegalArgumentException().isThrownBy(() -> batch.put(Table.HEAD, FIRST, bytes("v")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch.delete(Table.HEAD, new byte[StoreBatch.MAX_KEY_BYTES + 1]));
        assertThatIllegalStateException()
                .isThrownBy(() -> batch.put(Table.HEAD, bytes("k"), new byte[StoreBatch.MAX_BYTES]));
        assertThat(batch.size()).isEqualTo(2);
    }

    @Test
    void anEmptyBatchDoesNothing() {
        store().write(new StoreBatch());
        assertThat(scan(Table.META, FIRST, LAST)).isEmpty();
    }

    @Test
    void aLargeBatchIsOneWrite() {
        int keys = 20_000;
        StoreBatch batch = new StoreBatch();
        for (int i = 0; i < keys; i++) {
            batch.put(Table.VERSION, bytes(String.format("k%06d", i)), new byte[i % 700]);
        }
        byte[] large = new byte[StoreBatch.MAX_BYTES - batch.bytes() - 1];
        batch.put(Table.VERSION, bytes("l"), large);
        store().write(batch);

        assertThat(scan(Table.VERSION, FIRST, LAST)).hasSize(keys + 1);
        assertThat(store().get(Table.VERSION, bytes("l"))).isEqualTo(large);
        assertThat(store().get(Table.VERSION, bytes("k000699"))).hasSize(699);
    }

    @Test
    void arraysAreNotShared() {
        byte[] key = bytes("k");
        byte[] value = bytes("v");
        StoreBatch batch = new StoreBatch();
        batch.put(Table.HEAD, key, value);
        store().write(batch);
        key[0] = 'x';
        value[0] = 'x';
        byte[] found = store().get(Table.HEAD, bytes("k"));
        assertThat(found).asString(UTF_8).isEqualTo("v");
        if (found != null) {
            found[0] = 'x';
        }
        try (Cursor at = store().cursor(Table.HEAD, FIRST, LAST)) {
            at.key()[0] = 'x';
            at.value()[0] = 'x';
            assertThat(rest(at)).containsExactly("k=v");
        }
    }

    @Test
    void useAfterCloseIsRefused() {
        put(Table.HEAD, "k", "v");
        Cursor cursor = store().cursor(Table.HEAD, FIRST, LAST);
        Cursor closedBefore = store().cursor(Table.HEAD, FIRST, LAST);
        closedBefore.close();
        closedBefore.close();
        assertThat(closedBefore.valid()).isFalse();
        assertRefused(closedBefore::next);
        StoreView view = store().view();
        StoreBatch batch = new StoreBatch();
        batch.put(Table.HEAD, bytes("l"), bytes("v"));
        store().close();
        store().close();

        assertRefused(() -> store().get(Table.HEAD, bytes("k")));
        assertRefused(() -> store().cursor(Table.HEAD, FIRST, LAST));
        assertRefused(() -> store().view());
        assertRefused(() -> store().write(batch));
        assertRefused(() -> store().write(new StoreBatch()));
        assertRefused(() -> store().getAll(Table.HEAD, List.of(bytes("k")), 1_000));
        assertRefused(cursor::key);
        assertRefused(cursor::value);
        assertRefused(cursor::next);
        assertRefused(cursor::previous);
        assertRefused(() -> cursor.seek(bytes("k")));
        assertRefused(() -> cursor.seekBack(bytes("k")));
        assertRefused(() -> view.get(Table.HEAD, bytes("k")));
        assertRefused(() -> view.cursor(Table.HEAD, FIRST, LAST));
        cursor.close();
        view.close();
        assertThat(cursor.valid()).isFalse();
    }

    @Test
    void closedReadersAreNotKept() {
        put(Table.HEAD, "k", "v");
        for (int i = 0; i < 100; i++) {
            try (Cursor at = store().cursor(Table.HEAD, FIRST, LAST);
                    StoreView view = store().view()) {
                assertThat(at.valid()).isTrue();
                assertThat(view.get(Table.HEAD, bytes("k"))).isNotNull();
                assertThat(openReaders(store())).isEqualTo(2);
            }
        }
        assertThat(openReaders(store())).isZero();
    }
}
