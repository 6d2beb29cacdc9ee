package dev.proreus.workspace.store.rocksdb;

import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.KeyRange;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.StoreFailedException;
import dev.proreus.workspace.store.StoreOpenException;
import dev.proreus.workspace.store.StoreView;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.rows.AppliedRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store in a folder on disk.
 *
 * <p><b>State.</b> One RocksDB with a column family per table; the lock of the folder; the first failure, if any; the
 * native objects of open cursors and views, so that closing the store can end them.
 *
 * <p><b>Invariants.</b> Each batch is one RocksDB write batch with one sync, and RocksDB shows it to readers only after
 * the sync, so nothing is read that is not durable. Native code is entered only through the gate, so closing waits for
 * whoever is inside, and a late caller gets an exception instead of ending the process. After the first failed write or
 * background error no write is attempted again.
 *
 * <p><b>Threads.</b> Any number may read and write. Writes of several threads would be grouped by RocksDB; the engine
 * has one committer.
 */
public final class RocksDbStore implements Store {
    /** How often what is durable is noted outside of RocksDB. */
    private static final long HIGH_WATER_SECONDS = 1;

    private static final Logger LOG = LoggerFactory.getLogger(RocksDbStore.class);

    private final DataFolder folder;
    private final Database database;
    private final Failure failure;
    private final @Nullable HighWater highWater;
    private final Gate gate = new Gate();
    private final Set<Lent> lent = ConcurrentHashMap.newKeySet();

    /** @param highWater what follows the writes; null where there are none */
    private RocksDbStore(DataFolder folder, Database database, Failure failure, @Nullable HighWater highWater) {
        this.folder = folder;
        this.database = database;
        this.failure = failure;
        this.highWater = highWater;
    }

    /** Something native that was given out and must be released before the database is closed. */
    interface Lent {
        /** Releases it; called once, by whoever takes it out of the set, inside the gate. */
        void release();
    }

    /**
     * Opens the store in a folder, or makes one where the folder is missing or empty.
     *
     * <p>A store that this version cannot open is left as it is. Unpacks native code into the folder the first time in
     * a process.
     *
     * @param folder the data folder
     * @param settings sizes
     * @param onFailure told once, of the first failed write or background error, on the thread that meets it, which may
     *     be RocksDB's; it must not block or call the store, only see to it that the process ends
     * @throws StoreOpenException if the store cannot be opened; the message says what to do
     */
    public static RocksDbStore open(Path folder, RocksDbSettings settings, Consumer<StoreFailedException> onFailure) {
        DataFolder locked = DataFolder.lock(folder);
        try {
            RocksDbLibrary.load(locked.nativeCode());
            HighWater highWater = locked.highWater();
            @Nullable Probed found = FormatProbe.check(locked);
            highWater.check(found);
            locked.sign();
            highWater.begin();
            locked.makeData();
            Failure failure = new Failure(onFailure);
            RocksDbStore store = new RocksDbStore(locked, Database.open(locked, settings, failure), failure, highWater);
            if (found != null && found.applied() != null) {
                highWater.note(found.applied());
            }
            return store;
        } catch (RuntimeException | Error e) {
            locked.close();
            throw e;
        }
    }

    /**
     * Opens the store in a folder to look at it, without changing a byte of the folder. Nothing can be written.
     *
     * @throws StoreOpenException if there is no store, it is in use, or it cannot be opened
     */
    public static RocksDbStore openReadOnly(Path folder, RocksDbSettings settings) {
        DataFolder locked = DataFolder.inspect(folder);
        try {
            RocksDbLibrary.loadFromElsewhere();
            @Nullable Probed found = FormatProbe.check(locked);
            if (found == null || !found.begun()) {
                locked.highWater().check(found);
                throw new StoreOpenException(
                        StoreOpenException.Kind.NOT_A_STORE, locked.place() + " holds no store yet: start one in it");
            }
            return new RocksDbStore(locked, Database.openReadOnly(locked, settings), new Failure(failed -> {}), null);
        } catch (RuntimeException | Error e) {
            locked.close();
            throw e;
        }
    }

    /**
     * Looks at the files beneath the tables: reads every block of each, and whether all is there that was known to be
     * durable.
     *
     * @param damaged told of each file that is not as it must be: its name, and what is wrong
     */
    public void verifyFiles(BiConsumer<String, String> damaged) {
        long stamp = gate.enter();
        try {
            AppliedRow applied = FormatProbe.applied(database.rocksDb(), database.handle(Table.META), folder.place());
            String lost = folder.highWater().wrong(new Probed(true, applied));
            if (!lost.isEmpty()) {
                damaged.accept(HighWater.FILE, "the store " + lost);
            }
            database.verifyTables(damaged);
        } catch (RocksDBException e) {
            throw RocksDbErrors.reading(e);
        } finally {
            gate.leave(stamp);
        }
    }

    /**
     * Lets the folder say each second, outside of RocksDB, up to where the store is durable; without this it does so
     * when the store is closed only.
     *
     * @param executor blocks on the disk; its owner closes it before the store
     */
    public void keepHighWater(ScheduledExecutorService executor) {
        var unused = executor.scheduleWithFixedDelay(
                this::lookAfter, HIGH_WATER_SECONDS, HIGH_WATER_SECONDS, TimeUnit.SECONDS);
    }

    /** Does what is due each second; also asks for errors, since RocksDB has some that it cannot tell a listener of. */
    private void lookAfter() {
        long stamp = gate.tryEnter();
        if (stamp == 0) {
            return;
        }
        try {
            if (!failure.happened() && database.backgroundErrors() > 0) {
                throw failure.note("RocksDB failed in the background: its LOG has the reason", null);
            }
            keepHighWater();
        } catch (RocksDBException e) {
            LOG.warn("RocksDB does not say whether it failed", e);
        } finally {
            gate.leave(stamp);
        }
    }

    private void keepHighWater() {
        if (highWater != null) {
            try {
                highWater.keep();
            } catch (IOException e) {
                LOG.warn("{} is not up to date: a loss of what follows would not be seen", HighWater.FILE, e);
            }
        }
    }

    /** Lets operators see what RocksDB says of itself. */
    public void observe(Instrumentation instrumentation) {
        RocksDbMetrics.register(instrumentation, gate, database);
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) {
        long stamp = gate.enter();
        try {
            return database.rocksDb().get(database.handle(table), key);
        } catch (RocksDBException e) {
            throw RocksDbErrors.reading(e);
        } finally {
            gate.leave(stamp);
        }
    }

    @Override
    public List<byte @Nullable []> getAll(Table table, List<byte[]> keys, long enoughBytes) {
        if (keys.isEmpty()) {
            return List.of();
        }
        long stamp = gate.enter();
        try (ReadOptions options = new ReadOptions().setValueSizeSoftLimit(enoughBytes)) {
            return database.rocksDb()
                    .multiGetAsList(options, Collections.nCopies(keys.size(), database.handle(table)), keys);
        } catch (RocksDBException e) {
            throw RocksDbErrors.reading(e);
        } finally {
            gate.leave(stamp);
        }
    }

    @Override
    public Cursor cursor(Table table, byte[] fromInclusive, byte[] toExclusive) {
        long stamp = gate.enter();
        try {
            return newCursor(null, table, fromInclusive, toExclusive);
        } finally {
            gate.leave(stamp);
        }
    }

    /** Opens a cursor of the present or of a snapshot; runs inside the gate. */
    Cursor newCursor(@Nullable Snapshot snapshot, Table table, byte[] fromInclusive, byte[] toExclusive) {
        RocksDbCursor cursor = new RocksDbCursor(this, database, snapshot, table, fromInclusive, toExclusive);
        lent.add(cursor);
        boolean standing = false;
        try {
            cursor.start();
            standing = true;
            return cursor;
        } finally {
            if (!standing) {
                giveBack(cursor);
            }
        }
    }

    @Override
    public StoreView view() {
        long stamp = gate.enter();
        try {
            RocksDbView view =
                    new RocksDbView(this, database, database.rocksDb().getSnapshot());
            lent.add(view);
            return view;
        } finally {
            gate.leave(stamp);
        }
    }

    @Override
    public void write(StoreBatch batch) {
        write(batch, true);
    }

    @Override
    public void writeUnsynced(StoreBatch deletes) {
        deletes.requireDeletes();
        write(deletes, false);
    }

    @Override
    public void deleteRange(List<Table> tables, KeyRange range) {
        writing(() -> database.deleteRange(tables, range));
    }

    @Override
    public void compact(List<Table> tables, KeyRange range) {
        writing(() -> database.compact(tables, range));
    }

    @Override
    public boolean isLossAccepted() {
        return highWater != null && highWater.isLossAccepted();
    }

    private void write(StoreBatch batch, boolean sync) {
        writing(() -> {
            if (!batch.isEmpty()) {
                database.write(batch, sync);
            }
            if (sync) {
                writable().note(batch);
            }
        });
    }

    private HighWater writable() {
        if (highWater == null) {
            throw new IllegalStateException("the store was opened to be read only");
        }
        return highWater;
    }

    private void writing(Writing work) {
        long stamp = gate.enter();
        try {
            failure.check();
            var unused = writable();
            work.run();
        } catch (RocksDBException e) {
            throw failure.note("a write failed and its outcome is unknown: " + RocksDbErrors.text(e), e);
        } finally {
            gate.leave(stamp);
        }
    }

    @Override
    public void close() {
        database.endCompactions();
        gate.shut(() -> {
            try {
                lent.forEach(this::giveBack);
                if (highWater != null && !failure.happened()) {
                    database.flushIfWorthwhile();
                }
                database.close();
                keepHighWater();
            } finally {
                folder.close();
            }
        });
    }

    Gate gate() {
        return gate;
    }

    /** Releases something lent unless that was done before; runs inside the gate, or while it is shut. */
    void giveBack(Lent one) {
        if (lent.remove(one)) {
            one.release();
        }
    }

    /** Returns how many cursors and views are open, for tests that look for leaks. */
    int openReaders() {
        return lent.size();
    }

    /** Something that changes the database. */
    private interface Writing {
        void run() throws RocksDBException;
    }

    /** Moves what is in memory to table files, for tests that need it there. */
    void flush() {
        long stamp = gate.enter();
        try {
            database.flush();
        } catch (RocksDBException e) {
            throw failure.note("a flush failed: " + RocksDbErrors.text(e), e);
        } finally {
            gate.leave(stamp);
        }
    }
}
