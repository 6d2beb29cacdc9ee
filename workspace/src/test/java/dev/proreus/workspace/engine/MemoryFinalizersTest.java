package dev.proreus.workspace.engine;

import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.memory.MemoryStore;

/** Objects that finalizers keep, over a memory store. */
class MemoryFinalizersTest extends FinalizersContract {
    private final MemoryStore memory = new MemoryStore();

    @Override
    Store openStore() {
        return memory;
    }

    @Override
    void release(Store used) {}
}
