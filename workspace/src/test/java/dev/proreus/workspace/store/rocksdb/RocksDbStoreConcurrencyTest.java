package dev.proreus.workspace.store.rocksdb;

import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreConcurrencyContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class RocksDbStoreConcurrencyTest extends StoreConcurrencyContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Override
    protected Store open() {
        return TestStores.open(folder);
    }
}
