package dev.proreus.workspace.engine;

import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.rocksdb.RocksDbSettings;
import dev.proreus.workspace.store.rocksdb.RocksDbStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** What workspaces may hold, over RocksDB. */
class RocksDbQuotasTest extends QuotasContract {
    @TempDir
    Path folder;

    @Override
    Store openStore() {
        return RocksDbStore.open(folder, RocksDbSettings.defaults(), failure -> {
            throw failure;
        });
    }

    @Override
    void release(Store used) {
        used.close();
    }
}
