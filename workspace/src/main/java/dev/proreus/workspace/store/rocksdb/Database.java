package dev.proreus.workspace.store.rocksdb;

import dev.proreus.workspace.store.KeyRange;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.Table;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.Statistics;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * One open RocksDB with its column families, and everything native that belongs to it. Nothing here guards against use
 * after close: the {@link Gate} does.
 */
final class Database implements AutoCloseable {
    /** What RocksDB adds to an operation in a batch: tag, column family, two lengths. */
    private static final int OPERATION_OVERHEAD_BYTES = 12;

    /** RocksDB's name for the bytes in its write buffers. */
    private static final String BUFFERED_BYTES = "rocksdb.cur-size-all-mem-tables";

    /** Bytes whose replay takes longer than a flush of all tables; an empty buffer counts as one MiB. */
    private static final long MIN_BYTES_TO_FLUSH = 16L << 20;

    /** RocksDB's name for the number of files that no compaction has sorted in yet. */
    static final String FIRST_LEVEL_FILES = "rocksdb.num-files-at-level0";

    /** How many of a table are taken for a backlog: RocksDB begins to compact at 4, and holds writes up at 20. */
    private static final int BEHIND_FILES = 8;

    private final NativeStack natives;
    private final RocksDB rocksDb;
    private final WriteOptions synced;
    private final WriteOptions unsynced;
    private final Statistics statistics;
    private final CompactionPace pace;
    private final File folder;
    private final Map<Table, ColumnFamilyHandle> handles = new EnumMap<>(Table.class);
    private final Object compactionLock = new Object();
    private @Nullable CompactRangeOptions compacting;
    private volatile boolean compactionsEnd;

    /** {@code opened} has RocksDB's default column family first, then one for each table. */
    private Database(
            NativeStack natives, RocksDB rocksDb, Tuning tuning, File folder, List<ColumnFamilyHandle> opened) {
        this.natives = natives;
        this.rocksDb = rocksDb;
        this.synced = tuning.synced();
        this.unsynced = tuning.unsynced();
        this.statistics = tuning.statistics();
        this.pace = tuning.pace();
        this.folder = folder;
        Iterator<ColumnFamilyHandle> next = opened.iterator();
        next.next();
        for (Table table : Table.values()) {
            handles.put(table, next.next());
        }
    }

    static Database open(DataFolder folder, RocksDbSettings settings, Failure failure) {
        return open(
                folder,
                settings,
                (tuning, place, families, opened) -> RocksDB.open(tuning.database(failure), place, families, opened));
    }

    /** Opens what is there without changing a byte of it. */
    static Database openReadOnly(DataFolder folder, RocksDbSettings settings) {
        return open(
                folder,
                settings,
                (tuning, place, families, opened) -> RocksDB.openReadOnly(tuning.readOnly(), place, families, opened));
    }

    /** How RocksDB is opened. */
    @FunctionalInterface
    private interface Opening {
        RocksDB open(
                Tuning tuning, String place, List<ColumnFamilyDescriptor> families, List<ColumnFamilyHandle> opened)
                throws RocksDBException;
    }

    private static Database open(DataFolder folder, RocksDbSettings settings, Opening opening) {
        NativeStack natives = new NativeStack();
        try {
            Tuning tuning = new Tuning(settings, natives);
            List<ColumnFamilyDescriptor> families = new ArrayList<>();
            families.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, tuning.table(Table.META)));
            for (Table table : Table.values()) {
                byte[] name = table.label().getBytes(StandardCharsets.US_ASCII);
                families.add(new ColumnFamilyDescriptor(name, tuning.table(table)));
            }
            List<ColumnFamilyHandle> opened = new ArrayList<>();
            String place = folder.data().toString();
            RocksDB rocksDb = natives.own(opening.open(tuning, place, families, opened));
            opened.forEach(natives::own);
            return new Database(natives, rocksDb, tuning, new File(place), opened);
        } catch (RocksDBException e) {
            natives.close();
            throw RocksDbErrors.opening(folder.place(), folder.data(), e);
        } catch (RuntimeException | Error e) {
            natives.close();
            throw e;
        }
    }

    RocksDB rocksDb() {
        return rocksDb;
    }

    /** Returns RocksDB's own counters. */
    Statistics statistics() {
        return statistics;
    }

    /** Returns the files of the write-ahead log. */
    List<File> logs() {
        File[] logs = folder.listFiles((in, name) -> name.endsWith(".log"));
        return logs == null ? List.of() : List.of(logs);
    }

    ColumnFamilyHandle handle(Table table) {
        return Objects.requireNonNull(handles.get(table));
    }

    /** Writes a batch, with one sync or none. */
    void write(StoreBatch batch, boolean sync) throws RocksDBException {
        try (WriteBatch writes = new WriteBatch(batch.bytes() + OPERATION_OVERHEAD_BYTES * batch.size())) {
            for (StoreBatch.Operation operation : batch) {
                byte[] value = operation.value();
                if (value == null) {
                    writes.delete(handle(operation.table()), operation.key());
                } else {
                    writes.put(handle(operation.table()), operation.key(), value);
                }
            }
            rocksDb.write(sync ? synced : unsynced, writes);
        }
    }

    /** Deletes all keys of a range, without a sync. */
    void deleteRange(List<Table> tables, KeyRange range) throws RocksDBException {
        if (range.isEmpty()) {
            // RocksDB takes an end before the beginning for a failed write, and takes no other any more.
            return;
        }
        try (WriteBatch writes = new WriteBatch()) {
            for (Table table : tables) {
                writes.deleteRange(handle(table), range.fromInclusive(), range.toExclusive());
            }
            rocksDb.write(unsynced, writes);
        }
    }

    /**
     * Writes what is left of a range anew, without what was deleted, so slowly that nobody notices; others' compactions
     * go on beside it, at the same pace.
     */
    void compact(List<Table> tables, KeyRange range) throws RocksDBException {
        try (CompactRangeOptions beside = new CompactRangeOptions().setExclusiveManualCompaction(false)) {
            begin(beside);
            try {
                for (Table table : tables) {
                    setPace();
                    rocksDb.compactRange(handle(table), range.fromInclusive(), range.toExclusive(), beside);
                }
            } finally {
                end();
            }
        } catch (RocksDBException e) {
            if (!compactionsEnd) {
                throw e;
            }
        }
    }

    private void begin(CompactRangeOptions options) {
        synchronized (compactionLock) {
            compacting = options;
            if (compactionsEnd) {
                options.setCanceled(true);
            }
        }
    }

    private void end() {
        synchronized (compactionLock) {
            compacting = null;
            pace.setSlow(false);
        }
    }

    /** Slows all compactions down beside the one that was asked for, unless the others have fallen behind. */
    private void setPace() throws RocksDBException {
        boolean behind = false;
        for (Table table : Table.values()) {
            behind |= number(table, FIRST_LEVEL_FILES) > BEHIND_FILES;
        }
        synchronized (compactionLock) {
            pace.setSlow(!behind && !compactionsEnd);
        }
    }

    /** Returns what RocksDB says of a table in one number. */
    long number(Table table, String property) throws RocksDBException {
        return Long.parseLong(rocksDb.getProperty(handle(table), property));
    }

    /** Has a compaction that was asked for end early, now and later. */
    void endCompactions() {
        synchronized (compactionLock) {
            compactionsEnd = true;
            if (compacting != null) {
                pace.setSlow(false);
                compacting.setCanceled(true);
            }
        }
    }

    /** Returns how many errors RocksDB met in the background, also those for which its Java part has no word. */
    long backgroundErrors() throws RocksDBException {
        return rocksDb.getLongProperty("rocksdb.background-errors");
    }

    /** Reads every block of every table file; tells of those that do not match their checksums. */
    void verifyTables(BiConsumer<String, String> damaged) {
        for (LiveFileMetaData table : rocksDb.getLiveFilesMetaData()) {
            try (Options options = new Options();
                    SstFileReader reader = new SstFileReader(options)) {
                reader.open(table.path() + table.fileName());
                reader.verifyChecksum();
            } catch (RocksDBException e) {
                damaged.accept(folder.getName() + table.fileName(), RocksDbErrors.text(e));
            }
        }
    }

    /** Moves what is in the write buffers to table files and waits for it. */
    void flush() throws RocksDBException {
        try (FlushOptions waiting = new FlushOptions().setWaitForFlush(true)) {
            rocksDb.flush(waiting, List.copyOf(handles.values()));
        }
    }

    /**
     * Moves what is in the write buffers to table files where it is much, so that the next start need not replay it:
     * the same work, but not twice. It may fail without harm, since the log has it all.
     */
    void flushIfWorthwhile() {
        try {
            if (rocksDb.getAggregatedLongProperty(BUFFERED_BYTES) > MIN_BYTES_TO_FLUSH) {
                flush();
            }
        } catch (RocksDBException e) {
            // The next start replays the log.
        }
    }

    @Override
    public void close() {
        rocksDb.cancelAllBackgroundWork(true);
        natives.close();
    }
}
