package dev.proreus.workspace.engine;

import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.memory.MemoryStore;

/** How workspaces are deleted, over a memory store. */
class MemoryDeletionTest extends DeletionContract {
    private final MemoryStore memory = new MemoryStore();

    @Override
    Store openStore() {
        return memory;
    }

    @Override
    void release(Store used) {}
}
