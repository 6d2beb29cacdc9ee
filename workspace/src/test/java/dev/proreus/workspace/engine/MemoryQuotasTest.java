package dev.proreus.workspace.engine;

import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.memory.MemoryStore;

/** What workspaces may hold, over a memory store. */
class MemoryQuotasTest extends QuotasContract {
    private final MemoryStore memory = new MemoryStore();

    @Override
    Store openStore() {
        return memory;
    }

    @Override
    void release(Store used) {}
}
