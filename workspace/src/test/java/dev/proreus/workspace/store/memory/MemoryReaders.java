package dev.proreus.workspace.store.memory;

/** Tells tests of other packages which readers a store in memory has. */
public final class MemoryReaders {
    private MemoryReaders() {}

    /** Returns the cursors and views that are open. */
    public static int open(MemoryStore store) {
        return store.openMoments();
    }
}
