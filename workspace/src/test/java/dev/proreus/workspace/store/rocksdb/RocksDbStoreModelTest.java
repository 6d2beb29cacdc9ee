package dev.proreus.workspace.store.rocksdb;

import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreModelContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class RocksDbStoreModelTest extends StoreModelContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Override
    protected Store open() {
        return TestStores.open(folder);
    }

    @Override
    protected void settle(Store store) {
        ((RocksDbStore) store).flush();
    }
}
