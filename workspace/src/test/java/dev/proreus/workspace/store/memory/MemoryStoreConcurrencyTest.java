package dev.proreus.workspace.store.memory;

import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreConcurrencyContract;

final class MemoryStoreConcurrencyTest extends StoreConcurrencyContract {
    @Override
    protected Store open() {
        return new MemoryStore();
    }
}
