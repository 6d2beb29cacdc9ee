package dev.proreus.workspace.store.rocksdb;

import dev.proreus.workspace.store.Table;
import java.util.EnumSet;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.HistogramType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileManager;
import org.rocksdb.Statistics;
import org.rocksdb.StatsLevel;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteOptions;
import org.rocksdb.util.StdErrLogger;

/**
 * RocksDB's options, each where it matters with its reason. No merge operators, comparators or filters of our own: keys
 * order bytewise, and callbacks into Java are slow. What is made here belongs to the given stack.
 */
final class Tuning {
    /** Files held open; the rest is opened when read. Leaves room below the usual limit of 1,024. */
    static final int MAX_OPEN_FILES = 256;

    /** Threads of background work: one flush beside one compaction. */
    static final int BACKGROUND_JOBS = 2;

    /** Kept files of RocksDB's own log, and the size at which the next begins. */
    static final int INFO_LOG_FILES = 3;

    static final long INFO_LOG_FILE_BYTES = 2L << 20;

    /** Size at which the manifest is written anew; each start reads it. */
    static final long MANIFEST_BYTES = 16L << 20;

    /** Size of one table file: small, so that compactions are short on a machine with few cores. */
    static final long TABLE_FILE_BYTES = 32L << 20;

    /**
     * The cache is divided by as many bits of a key's hash: few, so that a part holds many indexes and filters of a
     * table file, which have hundreds of KiB each. By default it would be 64 parts of one MiB, and reads of many files
     * would load the same filter from disk again and again.
     */
    static final int CACHE_SHARD_BITS = 2;

    /** Of the cache, what blocks of objects never take from indexes and filters. */
    static final double CACHE_SHARE_OF_INDEXES = 0.5;

    /** A block of a table that is scanned: objects of a KiB compress together. */
    static final long SCANNED_BLOCK_BYTES = 16L << 10;

    /** A block of a table that is read by single keys. */
    static final long LOOKED_UP_BLOCK_BYTES = 4L << 10;

    /** Bits of filter per key: one look-up of an absent key in a hundred reads a block. */
    static final double FILTER_BITS = 10;

    /**
     * Bytes of a table file after which they are handed to the disk, and most that are on their way there: a sync of
     * the log waits for them, which takes 5 ms for a MiB.
     */
    static final long BYTES_PER_SYNC = 128L << 10;

    /**
     * How fast files that are no longer needed are deleted, and how much of one at a time: a file system that gives
     * their blocks back at once lets every sync wait for that.
     */
    static final long DELETED_BYTES_PER_SECOND = 64L << 20;

    static final long DELETED_CHUNK_BYTES = 4L << 20;

    /** How much may wait to be deleted, as a part of what is kept; what is more is deleted at once. */
    static final double DELETED_LATER_RATIO = 2;

    private final RocksDbSettings settings;
    private final NativeStack natives;
    private final Cache cache;
    private final BloomFilter filter;
    private final Statistics statistics;
    private final CompactionPace pace;

    Tuning(RocksDbSettings settings, NativeStack natives) {
        this.settings = settings;
        this.natives = natives;
        this.cache =
                natives.own(new LRUCache(settings.blockCacheBytes(), CACHE_SHARD_BITS, false, CACHE_SHARE_OF_INDEXES));
        this.filter = natives.own(new BloomFilter(FILTER_BITS));
        // Counters alone, which cost next to nothing: a histogram would read the clock twice at each operation.
        this.statistics = natives.own(new Statistics(EnumSet.allOf(HistogramType.class)));
        statistics.setStatsLevel(StatsLevel.EXCEPT_DETAILED_TIMERS);
        this.pace = new CompactionPace(natives);
    }

    /** Returns the options of the whole. */
    DBOptions database(Failure failure) throws RocksDBException {
        BackgroundErrors errors = natives.own(new BackgroundErrors(failure));
        return natives.own(new DBOptions())
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setParanoidChecks(true)
                // Replay stops at the first damage, and refuses to open where tables are already ahead of it: what is
                // found after a crash is a prefix of what was written, without a hole.
                .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
                // Log files are not recycled: after the end of one would be bytes that tenants once wrote, in which a
                // replay could find a record, since its checksum has no secret (ADR 0014).
                .setRecycleLogFileNum(0)
                // All tables are flushed together, so none is ever ahead of another on disk, log or no log.
                .setAtomicFlush(true)
                .setDbWriteBufferSize(settings.writeBufferBytes())
                .setMaxTotalWalSize(2 * settings.writeBufferBytes())
                // A failed write stays failed until a restart has read what is on disk.
                .setMaxBgErrorResumeCount(0)
                .setListeners(List.of(errors))
                .setSstFileManager(natives.own(new SstFileManager(
                        Env.getDefault(), null, DELETED_BYTES_PER_SECOND, DELETED_LATER_RATIO, DELETED_CHUNK_BYTES)))
                .setStatistics(statistics)
                .setRateLimiter(pace.limiter())
                .setMaxOpenFiles(MAX_OPEN_FILES)
                // Else a start opens every table file for figures that only choose what to compact.
                .setSkipStatsUpdateOnDbOpen(true)
                .setMaxBackgroundJobs(BACKGROUND_JOBS)
                .setBytesPerSync(BYTES_PER_SYNC)
                .setWritableFileMaxBufferSize(BYTES_PER_SYNC)
                .setStrictBytesPerSync(true)
                .setAvoidUnnecessaryBlockingIO(true)
                .setMaxManifestFileSize(MANIFEST_BYTES)
                .setKeepLogFileNum(INFO_LOG_FILES)
                .setMaxLogFileSize(INFO_LOG_FILE_BYTES)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
    }

    /** Returns the options of a look that changes nothing: what is missing is not made, and no log is written. */
    DBOptions readOnly() {
        return natives.own(new DBOptions())
                .setLogger(natives.own(new StdErrLogger(InfoLogLevel.FATAL_LEVEL)))
                .setParanoidChecks(true)
                .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
                .setStatistics(statistics)
                .setMaxOpenFiles(MAX_OPEN_FILES)
                .setSkipStatsUpdateOnDbOpen(true);
    }

    /** Returns RocksDB's own counters. */
    Statistics statistics() {
        return statistics;
    }

    /** Returns how fast compactions go. */
    CompactionPace pace() {
        return pace;
    }

    /** Returns the options of one table. */
    ColumnFamilyOptions table(Table table) {
        return natives.own(new ColumnFamilyOptions())
                .setTableFormatConfig(blocks(table))
                .setWriteBufferSize(settings.writeBufferBytes())
                .setTargetFileSizeBase(TABLE_FILE_BYTES)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setBottommostCompressionType(
                        isScanned(table) ? CompressionType.ZSTD_COMPRESSION : CompressionType.LZ4_COMPRESSION)
                // Versions are looked up only where the head says that they exist, so the filter of the last level,
                // which is most of it, would answer nothing.
                .setOptimizeFiltersForHits(table == Table.VERSION);
    }

    /** Returns the options of a write that is durable on return. */
    WriteOptions synced() {
        return natives.own(new WriteOptions()).setSync(true);
    }

    /** Returns the options of a write that may be lost, in the log nevertheless, so that it is lost in order. */
    WriteOptions unsynced() {
        return natives.own(new WriteOptions()).setSync(false);
    }

    private BlockBasedTableConfig blocks(Table table) {
        BlockBasedTableConfig blocks = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setBlockSize(isScanned(table) ? SCANNED_BLOCK_BYTES : LOOKED_UP_BLOCK_BYTES)
                // Indexes and filters are inside the bounded cache, not beside it.
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinL0FilterAndIndexBlocksInCache(true);
        return isLookedUpByKey(table) ? blocks.setFilterPolicy(filter).setWholeKeyFiltering(true) : blocks;
    }

    private static boolean isScanned(Table table) {
        return switch (table) {
            case VERSION, LOG, SEQUENCE, INDEX -> true;
            case META, HEAD, DEDUP -> false;
        };
    }

    /** Whether single keys are asked for, often absent ones. */
    private static boolean isLookedUpByKey(Table table) {
        return switch (table) {
            case HEAD, VERSION, DEDUP -> true;
            case META, LOG, SEQUENCE, INDEX -> false;
        };
    }
}
