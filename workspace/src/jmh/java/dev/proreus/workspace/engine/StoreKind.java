package dev.proreus.workspace.engine;

/** Which store is under the engine of a benchmark. */
public enum StoreKind {
    /** In the heap. */
    MEMORY,
    /** On disk, with one sync for each batch. */
    ROCKSDB
}
