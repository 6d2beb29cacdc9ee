package dev.proreus.workspace.store.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.StoreOpenException;
import dev.proreus.workspace.store.StoreOpenException.Kind;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.memory.MemoryStore;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StoreFormatTest {
    private final Store store = new MemoryStore();
    private final Random random = new Random(1);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aNewStoreGetsItsRowOnce() {
        StoreRow made = StoreFormat.establish(store, random);

        assertThat(made.formatVersion()).isEqualTo(StoreFormat.VERSION);
        assertThat(made.featureBits()).isZero();
        assertThat(made.nodeId().version()).isEqualTo(4);
        assertThat(made.nodeId().variant()).isEqualTo(2);
        assertThat(made.tokenKey().size()).isEqualTo(StoreRow.TOKEN_KEY_BYTES);
        assertThat(StoreFormat.establish(store, random)).isEqualTo(made);
        byte[] row = store.get(Table.META, Keys.store());
        assertThat(row).isEqualTo(made.encode());
    }

    @Test
    void twoStoresDiffer() {
        try (Store other = new MemoryStore()) {
            StoreRow one = StoreFormat.establish(store, random);
            StoreRow two = StoreFormat.establish(other, random);
            assertThat(one.nodeId()).isNotEqualTo(two.nodeId());
            assertThat(one.tokenKey()).isNotEqualTo(two.tokenKey());
        }
    }

    @Test
    void aNewerFormatIsRefusedAndLeftAlone() {
        StoreRow made = StoreFormat.establish(store, random);
        byte[] newer = new StoreRow(StoreFormat.VERSION + 1, 0, made.nodeId(), made.tokenKey()).encode();
        put(Keys.store(), newer);

        assertRefused(Kind.NEWER_FORMAT)
                .withMessageContaining("is in format 2")
                .withMessageContaining("reads formats up to 1")
                .withMessageContaining("--data");
        assertThat(store.get(Table.META, Keys.store())).isEqualTo(newer);
    }

    @Test
    void anUnknownFeatureIsRefused() {
        StoreRow made = StoreFormat.establish(store, random);
        put(Keys.store(), new StoreRow(StoreFormat.VERSION, 0x40, made.nodeId(), made.tokenKey()).encode());

        assertRefused(Kind.NEWER_FORMAT).withMessageContaining("features 0x40");
    }

    @Test
    void aDamagedRowIsRefused() {
        put(Keys.store(), new byte[] {1, 9, 9, 9});
        assertRefused(Kind.CORRUPT);
        put(Keys.store(), new byte[] {1});
        assertRefused(Kind.CORRUPT).withMessageContaining("no format version");
    }

    @Test
    void dataWithoutARowIsRefused() {
        put(Keys.ofShard(3).workspace(1), new byte[] {1});
        assertRefused(Kind.CORRUPT).withMessageContaining("table meta");
    }

    private org.assertj.core.api.ThrowableAssertAlternative<StoreOpenException> assertRefused(Kind kind) {
        return assertThatExceptionOfType(StoreOpenException.class)
                .isThrownBy(() -> StoreFormat.establish(store, random))
                .matches(e -> e.kind() == kind, "kind " + kind);
    }

    private void put(byte[] key, byte[] value) {
        StoreBatch batch = new StoreBatch();
        batch.put(Table.META, key, value);
        store.write(batch);
    }
}
