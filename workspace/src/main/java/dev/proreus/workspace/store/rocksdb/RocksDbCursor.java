package dev.proreus.workspace.store.rocksdb;

import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.StoreClosedException;
import dev.proreus.workspace.store.Table;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/**
 * A cursor over a RocksDB iterator, whose upper bound keeps it from reading on behind the range.
 *
 * <p>Native code is entered only inside the store's gate. {@code released} is written inside the gate too, by the
 * cursor's own thread or by the one that closes the store, which then is alone inside.
 */
final class RocksDbCursor implements Cursor, RocksDbStore.Lent {
    private final RocksDbStore store;
    private final NativeStack natives = new NativeStack();
    private final RocksIterator iterator;
    private final byte[] fromInclusive;
    private final byte[] toExclusive;
    private boolean valid;
    private boolean released;

    /** Makes a cursor that stands nowhere yet; runs inside the gate. */
    RocksDbCursor(
            RocksDbStore store,
            Database database,
            @Nullable Snapshot snapshot,
            Table table,
            byte[] fromInclusive,
            byte[] toExclusive) {
        this.store = store;
        this.fromInclusive = fromInclusive.clone();
        this.toExclusive = toExclusive.clone();
        Slice end = natives.own(new Slice(toExclusive));
        ReadOptions options = natives.own(new ReadOptions()).setIterateUpperBound(end);
        if (snapshot != null) {
            options.setSnapshot(snapshot);
        }
        iterator = natives.own(database.rocksDb().newIterator(database.handle(table), options));
    }

    /** Moves to the first key of the range; runs inside the gate. */
    void start() {
        iterator.seek(fromInclusive);
        settle();
    }

    @Override
    public boolean valid() {
        return valid;
    }

    @Override
    public boolean next() {
        long stamp = enter();
        try {
            if (valid) {
                iterator.next();
                settle();
            }
            return valid;
        } finally {
            store.gate().leave(stamp);
        }
    }

    @Override
    public boolean seek(byte[] keyInclusive) {
        boolean before = Arrays.compareUnsigned(keyInclusive, fromInclusive) < 0;
        long stamp = enter();
        try {
            iterator.seek(before ? fromInclusive : keyInclusive);
            settle();
            return valid;
        } finally {
            store.gate().leave(stamp);
        }
    }

    @Override
    public boolean previous() {
        long stamp = enter();
        try {
            if (valid) {
                iterator.prev();
                settleBack();
            }
            return valid;
        } finally {
            store.gate().leave(stamp);
        }
    }

    @Override
    public boolean seekBack(byte[] keyInclusive) {
        boolean behind = Arrays.compareUnsigned(keyInclusive, toExclusive) >= 0;
        long stamp = enter();
        try {
            if (behind) {
                iterator.seekToLast();
            } else {
                iterator.seekForPrev(keyInclusive);
            }
            settleBack();
            return valid;
        } finally {
            store.gate().leave(stamp);
        }
    }

    @Override
    public byte[] key() {
        long stamp = enterHere();
        try {
            return iterator.key();
        } finally {
            store.gate().leave(stamp);
        }
    }

    @Override
    public byte[] value() {
        long stamp = enterHere();
        try {
            return iterator.value();
        } finally {
            store.gate().leave(stamp);
        }
    }

    @Override
    public void close() {
        valid = false;
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
        natives.close();
    }

    /** Notes whether the iterator found a key; an error must not look like the end. */
    private void settle() {
        valid = iterator.isValid();
        if (!valid) {
            try {
                iterator.status();
            } catch (RocksDBException e) {
                throw RocksDbErrors.reading(e);
            }
        }
    }

    /** The bound keeps the iterator from reading on behind the range only; before it nothing does. */
    private void settleBack() {
        settle();
        valid = valid && Arrays.compareUnsigned(iterator.key(), fromInclusive) >= 0;
    }

    private long enter() {
        long stamp = store.gate().enter();
        if (released) {
            store.gate().leave(stamp);
            throw new StoreClosedException("the cursor");
        }
        return stamp;
    }

    private long enterHere() {
        long stamp = enter();
        if (!valid) {
            store.gate().leave(stamp);
            throw new IllegalStateException("the cursor stands at no key");
        }
        return stamp;
    }
}
