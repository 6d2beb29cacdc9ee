package dev.proreus.workspace.engine;

import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.memory.MemoryStore;

/** Writes over a memory store. */
class MemoryWritesTest extends WritesContract {
    private final MemoryStore store = new MemoryStore();

    @Override
    Store openStore() {
        return store;
    }

    @Override
    void release(Store used) {}
}
