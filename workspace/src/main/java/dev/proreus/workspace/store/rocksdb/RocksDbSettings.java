package dev.proreus.workspace.store.rocksdb;

/**
 * What an operator may set of the store on disk; everything else follows from the design.
 *
 * @param blockCacheBytes memory, outside the heap, for blocks read from disk, with their indexes and filters
 * @param writeBufferBytes memory, outside the heap, for what is written and not yet in tables; a start replays at most
 *     about as much of the log
 */
public record RocksDbSettings(long blockCacheBytes, long writeBufferBytes) {
    /** The least of either: below it each read or write would meet the disk. */
    public static final long MIN_BYTES = 1L << 20;

    /**
     * Cache of a laptop: indexes and filters of some GiB, and the blocks that a watcher far behind meets again and
     * again while it follows the log through the versions of many objects.
     */
    public static final long DEFAULT_BLOCK_CACHE_BYTES = 256L << 20;

    /** Write buffers of a laptop: some ten thousand commits between flushes, and a replay far below a second. */
    public static final long DEFAULT_WRITE_BUFFER_BYTES = 64L << 20;

    public RocksDbSettings {
        if (blockCacheBytes < MIN_BYTES || writeBufferBytes < MIN_BYTES) {
            throw new IllegalArgumentException("block cache (" + blockCacheBytes + " bytes) and write buffers ("
                    + writeBufferBytes + " bytes) must have " + MIN_BYTES + " bytes each");
        }
    }

    public static RocksDbSettings defaults() {
        return new RocksDbSettings(DEFAULT_BLOCK_CACHE_BYTES, DEFAULT_WRITE_BUFFER_BYTES);
    }
}
