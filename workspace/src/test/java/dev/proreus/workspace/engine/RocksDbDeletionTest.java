package dev.proreus.workspace.engine;

import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.rocksdb.RocksDbSettings;
import dev.proreus.workspace.store.rocksdb.RocksDbStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** How workspaces are deleted, over RocksDB. */
class RocksDbDeletionTest extends DeletionContract {
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
