package dev.proreus.workspace.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The part of {@link StoreContract} about deletes without a sync, deletes of ranges, and compactions. */
public abstract class StoreDeletionContract {
    protected static final byte[] FIRST = {};
    protected static final byte[] LAST = {(byte) 0xFF, (byte) 0xFF};

    private @Nullable Store opened;

    protected abstract Store open();

    /** Makes the store keep what it holds in another way, where it has one. */
    protected void settle(Store store) {}

    @BeforeEach
    void openStore() {
        opened = open();
    }

    @AfterEach
    void closeStore() {
        store().close();
    }

    protected final Store store() {
        if (opened == null) {
            throw new IllegalStateException("not open");
        }
        return opened;
    }

    @Test
    void unsyncedDeletesAreSeenAtOnceAndByNoCursorOpenBefore() {
        put(Table.LOG, "a", "1");
        put(Table.LOG, "b", "2");
        put(Table.VERSION, "a", "3");
        StoreBatch deletes = new StoreBatch();
        deletes.delete(Table.LOG, bytes("a"));
        deletes.delete(Table.VERSION, bytes("a"));
        deletes.delete(Table.VERSION, bytes("none"));
        try (Cursor before = store().cursor(Table.LOG, FIRST, LAST)) {
            store().writeUnsynced(deletes);
            store().writeUnsynced(deletes);
            store().writeUnsynced(new StoreBatch());
            assertThat(rest(before)).containsExactly("a=1", "b=2");
        }
        settle(store());
        assertThat(names("", "z")).containsExactly("b");
        assertThat(store().get(Table.VERSION, bytes("a"))).isNull();
    }

    @Test
    void anUnsyncedWriteTakesDeletesAlone() {
        StoreBatch batch = new StoreBatch();
        batch.delete(Table.LOG, bytes("a"));
        batch.put(Table.LOG, bytes("b"), bytes("1"));
        assertThatIllegalArgumentException().isThrownBy(() -> store().writeUnsynced(batch));
        assertThat(store().get(Table.LOG, bytes("b"))).isNull();
    }

    @Test
    void aRangeIsDeletedFromItsBeginningToBeforeItsEnd() {
        fill(Table.LOG, "a", "b", "c", "d", "e");
        settle(store());
        fill(Table.LOG, "ba", "da");

        store().deleteRange(List.of(Table.LOG), range("b", "d"));
        assertThat(names("", "z")).containsExactly("a", "d", "da", "e");
        assertThat(store().get(Table.LOG, bytes("b"))).isNull();
        assertThat(store().get(Table.LOG, bytes("ba"))).isNull();
        assertThat(store().getAll(Table.LOG, List.of(bytes("a"), bytes("c"), bytes("d")), 1_000))
                .containsExactly(bytes("va"), null, bytes("vd"));
        try (Cursor at = store().cursor(Table.LOG, FIRST, LAST)) {
            assertThat(at.seek(bytes("b"))).isTrue();
            assertThat(at.key()).asString(UTF_8).isEqualTo("d");
            assertThat(at.previous()).isTrue();
            assertThat(at.key()).asString(UTF_8).isEqualTo("a");
            assertThat(at.seekBack(bytes("c"))).isTrue();
            assertThat(at.key()).asString(UTF_8).isEqualTo("a");
        }
        settle(store());
        assertThat(names("", "z")).containsExactly("a", "d", "da", "e");

        store().deleteRange(List.of(Table.LOG), range("cc", "dz"));
        assertThat(names("", "z")).as("bounds that are no keys").containsExactly("a", "e");
        store().deleteRange(List.of(Table.LOG), KeyRange.between(FIRST, bytes("b")));
        assertThat(names("", "z")).as("from the very beginning").containsExactly("e");
        store().deleteRange(List.of(Table.LOG), KeyRange.ofPrefix(bytes("e")));
        assertThat(names("", "z")).isEmpty();
    }

    @Test
    void aRangeIsDeletedInTheTablesNamedAlone() {
        for (Table table : Table.values()) {
            fill(table, "j", "k", "l");
        }
        store().deleteRange(List.of(Table.HEAD, Table.LOG, Table.HEAD), range("k", "l"));
        settle(store());
        for (Table table : Table.values()) {
            boolean named = table == Table.HEAD || table == Table.LOG;
            assertThat(names(table, "", "z"))
                    .as(table.label())
                    .isEqualTo(named ? List.of("j", "l") : List.of("j", "k", "l"));
        }
    }

    @Test
    void aRangeThatHoldsNothingDeletesNothing() {
        fill(Table.LOG, "a", "b", "c", "d");
        settle(store());
        store().deleteRange(List.of(Table.LOG), range("b", "b"));
        store().deleteRange(List.of(Table.LOG), range("d", "a"));
        store().deleteRange(List.of(Table.LOG), KeyRange.between(FIRST, FIRST));
        store().deleteRange(List.of(Table.LOG, Table.HEAD), range("e", "z"));
        store().deleteRange(List.of(), range("a", "z"));
        assertThat(names("", "z")).containsExactly("a", "b", "c", "d");

        fill(Table.LOG, "e");
        settle(store());
        assertThat(names("", "z")).as("nothing failed for good").containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void whoIsReadingStillSeesADeletedRange() {
        fill(Table.HEAD, "a", "b");
        settle(store());
        fill(Table.HEAD, "c", "d");
        fill(Table.VERSION, "b");
        try (StoreView view = store().view();
                Cursor at = store().cursor(Table.HEAD, FIRST, LAST)) {
            store().deleteRange(List.of(Table.HEAD, Table.VERSION), range("a", "d"));
            fill(Table.HEAD, "bb");
            settle(store());
            store().compact(List.of(Table.HEAD, Table.VERSION), KeyRange.between(FIRST, LAST));

            assertThat(rest(at)).containsExactly("a=va", "b=vb", "c=vc", "d=vd");
            assertThat(at.seekBack(bytes("b"))).isTrue();
            assertThat(at.value()).asString(UTF_8).isEqualTo("vb");
            assertThat(view.get(Table.VERSION, bytes("b"))).asString(UTF_8).isEqualTo("vb");
            try (Cursor later = view.cursor(Table.HEAD, FIRST, LAST)) {
                assertThat(rest(later)).containsExactly("a=va", "b=vb", "c=vc", "d=vd");
            }
        }
        assertThat(names(Table.HEAD, "", "z")).containsExactly("bb", "d");
        assertThat(names(Table.VERSION, "", "z")).isEmpty();
    }

    @Test
    void whatIsWrittenAfterItsRangeWasDeletedIsThere() {
        fill(Table.HEAD, "a", "b", "c");
        settle(store());
        store().deleteRange(List.of(Table.HEAD), range("a", "d"));
        fill(Table.HEAD, "b");
        fill(Table.HEAD, "bb");
        assertThat(names(Table.HEAD, "", "z")).containsExactly("b", "bb");
        settle(store());
        store().compact(List.of(Table.HEAD), range("a", "d"));
        assertThat(names(Table.HEAD, "", "z")).containsExactly("b", "bb");

        store().deleteRange(List.of(Table.HEAD), range("a", "bb"));
        store().deleteRange(List.of(Table.HEAD), range("a", "bb"));
        fill(Table.HEAD, "a");
        assertThat(names(Table.HEAD, "", "z")).as("twice over").containsExactly("a", "bb");
        assertThat(store().get(Table.HEAD, bytes("a"))).asString(UTF_8).isEqualTo("va");
        assertThat(store().get(Table.HEAD, bytes("b"))).isNull();
    }

    @Test
    void compactingChangesNothingThatCanBeRead() {
        fill(Table.LOG, "a", "b", "c", "d", "e");
        fill(Table.HEAD, "b", "c");
        settle(store());
        StoreBatch changes = new StoreBatch();
        changes.put(Table.LOG, bytes("b"), bytes("new"));
        changes.delete(Table.LOG, bytes("c"));
        store().write(changes);
        store().deleteRange(List.of(Table.LOG), range("d", "e"));
        for (int i = 0; i < 2; i++) {
            store().compact(List.of(Table.LOG, Table.META), range("a", "e"));
            store().compact(List.of(Table.LOG), range("c", "c"));
            store().compact(List.of(Table.LOG), range("d", "b"));
            store().compact(List.of(Table.LOG), range("x", "z"));
            store().compact(List.of(), range("a", "z"));

            try (Cursor at = store().cursor(Table.LOG, FIRST, LAST)) {
                assertThat(rest(at)).containsExactly("a=va", "b=new", "e=ve");
            }
            assertThat(names(Table.HEAD, "", "z")).containsExactly("b", "c");
            settle(store());
        }
        fill(Table.LOG, "c");
        assertThat(names("", "z")).as("nothing failed for good").containsExactly("a", "b", "c", "e");
    }

    @Test
    void nothingIsDeletedOnceClosed() {
        fill(Table.LOG, "a");
        StoreBatch deletes = new StoreBatch();
        deletes.delete(Table.LOG, bytes("a"));
        store().close();

        assertRefused(() -> store().writeUnsynced(deletes));
        assertRefused(() -> store().writeUnsynced(new StoreBatch()));
        assertRefused(() -> store().deleteRange(List.of(Table.LOG), range("a", "b")));
        assertRefused(() -> store().deleteRange(List.of(Table.LOG), range("b", "a")));
        assertRefused(() -> store().compact(List.of(Table.LOG), range("a", "b")));
        assertRefused(() -> store().compact(List.of(Table.LOG), range("b", "a")));
    }

    static void assertRefused(ThrowingCallable use) {
        assertThatExceptionOfType(StoreClosedException.class).isThrownBy(use).withMessageEndingWith("is closed");
    }

    protected final void put(Table table, String key, String value) {
        StoreBatch batch = new StoreBatch();
        batch.put(table, bytes(key), bytes(value));
        store().write(batch);
    }

    /** Puts keys in one batch, each with a value that begins with a v and goes on as the key. */
    private void fill(Table table, String... keys) {
        StoreBatch batch = new StoreBatch();
        for (String key : keys) {
            batch.put(table, bytes(key), bytes("v" + key));
        }
        store().write(batch);
    }

    /** Returns the keys of a range in hexadecimal. */
    final List<String> scan(Table table, byte[] from, byte[] to) {
        List<String> keys = new ArrayList<>();
        try (Cursor at = store().cursor(table, from, to)) {
            for (; at.valid(); at.next()) {
                keys.add(HexFormat.of().formatHex(at.key()));
            }
        }
        return keys;
    }

    /** Returns the keys of a range of the log as texts. */
    final List<String> names(String from, String to) {
        return names(Table.LOG, from, to);
    }

    private List<String> names(Table table, String from, String to) {
        return scan(table, bytes(from), bytes(to)).stream()
                .map(key -> new String(hex(key), UTF_8))
                .toList();
    }

    static List<String> rest(Cursor at) {
        List<String> rows = new ArrayList<>();
        for (; at.valid(); at.next()) {
            rows.add(new String(at.key(), UTF_8) + "=" + new String(at.value(), UTF_8));
        }
        return rows;
    }

    static KeyRange range(String from, String to) {
        return KeyRange.between(bytes(from), bytes(to));
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
