package dev.proreus.workspace.engine;

import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.memory.MemoryStore;

/** Objects that finalizers keep, over a memory store. */
class MemoryFinalizersTest extends FinalizersContract {
    private final MemoryStore store = new MemoryStore();

    @Override
    Store openStore() {
        return store;
    }

    @Override
    void release(Store used) {}
}
