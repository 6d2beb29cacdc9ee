package dev.proreus.workspace.engine;

import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.memory.MemoryStore;

/** Requests with ids and dry runs over a memory store. */
class MemoryRepeatsTest extends RepeatsContract {
    private final MemoryStore memory = new MemoryStore();

    @Override
    Store openStore() {
        return memory;
    }

    @Override
    void release(Store used) {}
}
