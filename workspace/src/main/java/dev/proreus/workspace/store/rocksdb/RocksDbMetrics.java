package dev.proreus.workspace.store.rocksdb;

import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.store.Table;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.io.File;
import org.rocksdb.RocksDBException;
import org.rocksdb.TickerType;

/**
 * What RocksDB says of itself. Nothing is counted here: RocksDB is asked when somebody wants to know, inside the gate,
 * and what it does not say then, or when the store is closed, is left out.
 */
final class RocksDbMetrics {
    private static final AttributeKey<String> TABLE = AttributeKey.stringKey("proreus.table");
    private static final double MICROS_PER_SECOND = 1e6;

    private final Instrumentation instrumentation;
    private final Gate gate;
    private final Database database;

    private RocksDbMetrics(Instrumentation instrumentation, Gate gate, Database database) {
        this.instrumentation = instrumentation;
        this.gate = gate;
        this.database = database;
    }

    /** Makes the instruments of a database. */
    static void register(Instrumentation instrumentation, Gate gate, Database database) {
        RocksDbMetrics metrics = new RocksDbMetrics(instrumentation, gate, database);
        metrics.memory();
        metrics.disk();
        metrics.work();
        metrics.reads();
        metrics.tables();
    }

    private void memory() {
        level("memtable.size", "By", "Bytes of write buffers.", sum("rocksdb.cur-size-all-mem-tables"));
        level("memtable.immutable", "{memtable}", "Full write buffers.", sum("rocksdb.num-immutable-mem-table"));
        level("block_cache.size", "By", "Bytes in the block cache.", whole("rocksdb.block-cache-usage"));
        level("block_cache.pinned", "By", "Bytes of it in use.", whole("rocksdb.block-cache-pinned-usage"));
        level("block_cache.limit", "By", "Bytes that it may hold.", whole("rocksdb.block-cache-capacity"));
        level("readers.size", "By", "Bytes of open files' indexes.", sum("rocksdb.estimate-table-readers-mem"));
    }

    private void disk() {
        level("live_files.size", "By", "Bytes of table files in use.", sum("rocksdb.live-sst-files-size"));
        level("files.size", "By", "Bytes of all table files.", sum("rocksdb.total-sst-files-size"));
        level(
                "wal.size",
                "By",
                "Bytes of write-ahead logs: what a start may replay.",
                db -> db.logs().stream().mapToLong(File::length).sum());
        counter("wal.written", "By", "Bytes written to write-ahead logs.", TickerType.WAL_FILE_BYTES);
        counter("wal.syncs", "{sync}", "Syncs of write-ahead logs.", TickerType.WAL_FILE_SYNCED);
    }

    private void work() {
        level("compaction.pending", "By", "Bytes to compact.", sum("rocksdb.estimate-pending-compaction-bytes"));
        level("compactions", "{compaction}", "Running compactions.", whole("rocksdb.num-running-compactions"));
        level("flushes", "{flush}", "Running flushes.", whole("rocksdb.num-running-flushes"));
        counter("compaction.read", "By", "Bytes read by compactions.", TickerType.COMPACT_READ_BYTES);
        counter("compaction.written", "By", "Bytes written by compactions.", TickerType.COMPACT_WRITE_BYTES);
        counter("flush.written", "By", "Bytes written by flushes.", TickerType.FLUSH_WRITE_BYTES);
        level("write.stopped", "1", "1 while writes wait for compaction, else 0.", whole("rocksdb.is-write-stopped"));
        level(
                "write.delayed_rate",
                "By/s",
                "Rate that writes are held to, or 0.",
                whole("rocksdb.actual-delayed-write-rate"));
        level("errors", "{error}", "Errors in background work.", whole("rocksdb.background-errors"));
        instrumentation.want(meter -> meter.counterBuilder("proreus.rocksdb.write.stalls")
                .ofDoubles()
                .setUnit("s")
                .setDescription("Time that writes were held up by compaction.")
                .buildWithCallback(measurement -> ask(db -> measurement.record(
                        db.statistics().getTickerCount(TickerType.STALL_MICROS) / MICROS_PER_SECOND))));
    }

    private void reads() {
        counter("gets", "{key}", "Keys looked up.", TickerType.NUMBER_KEYS_READ);
        counter("gets.size", "By", "Bytes of values looked up.", TickerType.BYTES_READ);
        counter("seeks", "{seek}", "Seeks of cursors: history, pages and prefixes.", TickerType.NUMBER_DB_SEEK);
        counter("rows", "{row}", "Steps of cursors after a seek.", TickerType.NUMBER_DB_NEXT);
        counter("rows.size", "By", "Bytes of keys and values under cursors.", TickerType.ITER_BYTES_READ);
        counter("block_cache.hits", "{block}", "Blocks found in the cache.", TickerType.BLOCK_CACHE_HIT);
        counter("block_cache.misses", "{block}", "Blocks read from files.", TickerType.BLOCK_CACHE_MISS);
    }

    private void tables() {
        table("keys", "{key}", "Keys of a table, estimated.", "rocksdb.estimate-num-keys");
        table("level0.files", "{file}", "Files of a table's first level.", Database.FIRST_LEVEL_FILES);
    }

    /** Asks the database something. */
    private interface Question {
        long ask(Database database) throws RocksDBException;
    }

    /** Takes what the database says. */
    private interface Answer {
        void take(Database database) throws RocksDBException;
    }

    private static Question sum(String property) {
        return database -> database.rocksDb().getAggregatedLongProperty(property);
    }

    private static Question whole(String property) {
        return database -> database.rocksDb().getLongProperty(property);
    }

    private void level(String name, String unit, String description, Question question) {
        instrumentation.want(meter -> meter.upDownCounterBuilder("proreus.rocksdb." + name)
                .setUnit(unit)
                .setDescription(description)
                .buildWithCallback(measurement -> ask(db -> measurement.record(question.ask(db)))));
    }

    private void counter(String name, String unit, String description, TickerType ticker) {
        instrumentation.want(meter -> meter.counterBuilder("proreus.rocksdb." + name)
                .setUnit(unit)
                .setDescription(description)
                .buildWithCallback(measurement ->
                        ask(db -> measurement.record(db.statistics().getTickerCount(ticker)))));
    }

    private void table(String name, String unit, String description, String property) {
        instrumentation.want(meter -> meter.upDownCounterBuilder("proreus.rocksdb." + name)
                .setUnit(unit)
                .setDescription(description)
                .buildWithCallback(measurement -> ask(db -> {
                    for (Table table : Table.values()) {
                        measurement.record(db.number(table, property), Attributes.of(TABLE, table.label()));
                    }
                })));
    }

    private void ask(Answer answer) {
        long stamp = gate.tryEnter();
        if (stamp == 0) {
            return;
        }
        try {
            answer.take(database);
        } catch (RocksDBException e) {
            // A property that RocksDB does not know now is left out.
        } finally {
            gate.leave(stamp);
        }
    }
}
