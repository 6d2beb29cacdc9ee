package dev.proreus.workspace.store.rocksdb;

import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class RocksDbStoreTest extends StoreContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Override
    protected Store open() {
        return TestStores.open(folder);
    }

    @Override
    protected int openReaders(Store store) {
        return ((RocksDbStore) store).openReaders();
    }

    @Override
    protected void settle(Store store) {
        ((RocksDbStore) store).flush();
    }
}
