package dev.proreus.workspace.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.proreus.workspace.store.KeyRange;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.StoreClosedException;
import dev.proreus.workspace.store.StoreContract;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.memory.MemoryReaders;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** That the simulated store keeps the contract of the real one, and what a crash leaves of it. */
final class DiskStoreTest extends StoreContract {
    private final Disk disk = new Disk();

    @Override
    protected Store open() {
        return new DiskStore(disk, new Actors());
    }

    @Override
    protected int openReaders(Store store) {
        return MemoryReaders.open(((DiskStore) store).live());
    }

    @Test
    void aCrashForgetsARangeDeletedAfterTheLastSync() {
        put(Table.LOG, "a", "1");
        put(Table.LOG, "b", "2");
        store().deleteRange(List.of(Table.LOG), KeyRange.between(bytes("a"), bytes("b")));
        disk.crash(0);

        assertThat(afterACrash("a")).asString(UTF_8).isEqualTo("1");
    }

    @Test
    void aWriteMakesTheRangeDeletedBeforeItDurable() {
        put(Table.LOG, "a", "1");
        store().deleteRange(List.of(Table.LOG), KeyRange.between(bytes("a"), bytes("b")));
        put(Table.LOG, "b", "2");
        disk.crash(0);

        assertThat(afterACrash("a")).isNull();
        assertThat(afterACrash("b")).asString(UTF_8).isEqualTo("2");
    }

    @Test
    void nothingReachesTheDiskOnceClosed() {
        put(Table.LOG, "a", "1");
        StoreBatch more = new StoreBatch();
        more.put(Table.LOG, bytes("b"), bytes("2"));
        StoreBatch deletes = new StoreBatch();
        deletes.delete(Table.LOG, bytes("a"));
        store().close();

        assertThatExceptionOfType(StoreClosedException.class).isThrownBy(() -> store().write(more));
        assertThatExceptionOfType(StoreClosedException.class).isThrownBy(() -> store().writeUnsynced(deletes));
        assertThat(disk.log()).hasSize(1);
    }

    private byte @Nullable [] afterACrash(String key) {
        try (Store left = new DiskStore(disk, new Actors())) {
            return left.get(Table.LOG, bytes(key));
        }
    }
}
