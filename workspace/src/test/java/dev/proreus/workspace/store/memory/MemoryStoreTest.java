package dev.proreus.workspace.store.memory;

import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreContract;

final class MemoryStoreTest extends StoreContract {
    @Override
    protected Store open() {
        return new MemoryStore();
    }

    @Override
    protected int openReaders(Store store) {
        return ((MemoryStore) store).openMoments();
    }
}
