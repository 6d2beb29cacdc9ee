package dev.proreus.workspace.engine;

import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.memory.MemoryStore;

/** Writes over a memory store. */
class MemoryWritesTest extends WritesContract {
    private final MemoryStore memory = new MemoryStore();

    @Override
    Store openStore() {
        return memory;
    }

    @Override
    void release(Store used) {}
}
