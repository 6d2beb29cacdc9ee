package dev.proreus.workspace.store.memory;

import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreModelContract;

final class MemoryStoreModelTest extends StoreModelContract {
    @Override
    protected Store open() {
        return new MemoryStore();
    }
}
