package dev.proreus.workspace.store.rocksdb;

import dev.proreus.workspace.store.StoreFailedException;
import java.nio.file.Path;

/** Opens stores for tests: small ones, whose failures fail the test. */
final class TestStores {
    private static final long SMALL_BYTES = 8L << 20;

    private TestStores() {}

    static RocksDbStore open(Path folder) {
        return RocksDbStore.open(folder, new RocksDbSettings(SMALL_BYTES, SMALL_BYTES), TestStores::fail);
    }

    private static void fail(StoreFailedException failure) {
        throw new AssertionError("the store failed", failure);
    }
}
