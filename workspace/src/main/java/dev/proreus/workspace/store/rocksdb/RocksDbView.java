package dev.proreus.workspace.store.rocksdb;

import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.StoreClosedException;
import dev.proreus.workspace.store.StoreView;
import dev.proreus.workspace.store.Table;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;

/** A view over a RocksDB snapshot. The rules of the gate are those of {@link RocksDbCursor}. */
final class RocksDbView implements StoreView, RocksDbStore.Lent {
    private final RocksDbStore store;
    private final Database database;
    private final Snapshot snapshot;
    private final ReadOptions options;
    private boolean released;

    /** Makes a view; runs inside the gate. */
    RocksDbView(RocksDbStore store, Database database, Snapshot snapshot) {
        this.store = store;
        this.database = database;
        this.snapshot = snapshot;
        this.options = new ReadOptions().setSnapshot(snapshot);
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) {
        long stamp = enter();
        try {
            return database.rocksDb().get(database.handle(table), options, key);
        } catch (RocksDBException e) {
            throw RocksDbErrors.reading(e);
        } finally {
            store.gate().leave(stamp);
        }
    }

    @Override
    public Cursor cursor(Table table, byte[] fromInclusive, byte[] toExclusive) {
        long stamp = enter();
        try {
            return store.newCursor(snapshot, table, fromInclusive, toExclusive);
        } finally {
            store.gate().leave(stamp);
        }
    }

    @Override
    public void close() {
        long stamp = store.gate().tryEnter();
        if (stamp != 0) {
            try {
                store.giveBack(this);
            } finally {
                store.gate().leave(stamp);
            }
        }
    }

    @Override
    public void release() {
        released = true;
        options.close();
        database.rocksDb().releaseSnapshot(snapshot);
    }

    private long enter() {
        long stamp = store.gate().enter();
        if (released) {
            store.gate().leave(stamp);
            throw new StoreClosedException("the view");
        }
        return stamp;
    }
}
