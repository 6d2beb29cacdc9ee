package dev.proreus.workspace.engine;

import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.memory.MemoryStore;

/** Requests with ids and dry runs over a memory store. */
class MemoryRepeatsTest extends RepeatsContract {
    private final MemoryStore store = new MemoryStore();

    @Override
    Store openStore() {
        return store;
    }

    @Override
    void release(Store used) {}
}
