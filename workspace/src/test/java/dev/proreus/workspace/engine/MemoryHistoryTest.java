package dev.proreus.workspace.engine;

import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.memory.MemoryStore;

/** The past over a memory store, which outlives the engine within a test. */
class MemoryHistoryTest extends HistoryContract {
    private final MemoryStore store = new MemoryStore();

    @Override
    Store openStore() {
        return store;
    }

    @Override
    void release(Store used) {}
}
