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
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;

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
    private final DataFolder folder;
    private final Database database;
    private final Failure failure;
    private final Gate gate = new Gate();
    private final Set<Lent> lent = ConcurrentHashMap.newKeySet();

    private RocksDbStore(DataFolder folder, Database database, Failure failure) {
        this.folder = folder;
        this.database = database;
        this.failure = failure;
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
            if (locked.hasData()) {
                FormatProbe.check(locked);
            }
            locked.prepare();
            Failure failure = new Failure(onFailure);
            return new RocksDbStore(locked, Database.open(locked, settings, failure), failure);
        } catch (RuntimeException | Error e) {
            locked.close();
            throw e;
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

    private void write(StoreBatch batch, boolean sync) {
        writing(() -> {
            if (!batch.isEmpty()) {
                database.write(batch, sync);
            }
        });
    }

    private void writing(Writing work) {
        long stamp = gate.enter();
        try {
            failure.check();
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
            lent.forEach(this::giveBack);
            try {
                if (!failure.happened()) {
                    database.flushIfWorthwhile();
                }
                database.close();
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
