package dev.proreus.workspace.store.memory;

import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.KeyRange;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.StoreClosedException;
import dev.proreus.workspace.store.StoreView;
import dev.proreus.workspace.store.Table;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store in the heap: the whole contract except that nothing outlives the process.
 *
 * <p><b>State.</b> Each table maps a key to a chain of its values, newest first, each with the number of the write that
 * made it. A moment is such a number; a cursor or a view of it reads the newest value at or below. {@code open} counts
 * the cursors and views of each moment.
 *
 * <p><b>Invariants.</b> No chain holds a value that neither the present nor an open moment can see; a deleted key goes
 * as soon as none can see what it was. So the heap in use is the data and what open cursors pin.
 *
 * <p><b>Threads.</b> Everything is guarded by one read-write lock; a read waits while a batch is applied. Fair, so that
 * readers in a loop cannot keep the writer out.
 */
public final class MemoryStore implements Store {
    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);
    private final Map<Table, VersionedMap> tables = new EnumMap<>(Table.class);
    private final TreeMap<Long, Integer> open = new TreeMap<>();
    private long moment;
    private boolean closed;

    public MemoryStore() {
        for (Table table : Table.values()) {
            tables.put(table, new VersionedMap());
        }
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) {
        return reading(() -> copyOf(table(table).get(key, moment)));
    }

    @Override
    public List<byte @Nullable []> getAll(Table table, List<byte[]> keys, long enoughBytes) {
        List<byte @Nullable []> values = new ArrayList<>(keys.size());
        long bytes = 0;
        for (byte[] key : keys) {
            byte[] value = bytes < enoughBytes ? get(table, key) : null;
            bytes += value == null ? 0 : value.length;
            values.add(value);
        }
        return values;
    }

    @Override
    public Cursor cursor(Table table, byte[] fromInclusive, byte[] toExclusive) {
        return writing(() -> cursorAt(moment, table, fromInclusive, toExclusive));
    }

    @Override
    public StoreView view() {
        return writing(() -> {
            open.merge(moment, 1, Integer::sum);
            return new MemoryView(this, moment);
        });
    }

    @Override
    public void write(StoreBatch batch) {
        writing(() -> {
            long next = moment + 1;
            for (StoreBatch.Operation operation : batch) {
                byte[] value = operation.value();
                table(operation.table()).put(operation.key().clone(), next, copyOf(value));
            }
            moment = next;
            reclaim();
            return true;
        });
    }

    @Override
    public void writeUnsynced(StoreBatch deletes) {
        deletes.requireDeletes();
        write(deletes);
    }

    @Override
    public void deleteRange(List<Table> tables, KeyRange range) {
        writing(() -> {
            long next = moment + 1;
            for (Table table : tables) {
                VersionedMap map = table(table);
                byte[] from = range.fromInclusive();
                for (VersionedMap.Entry at = map.first(from, true, range.toExclusive(), moment);
                        at != null;
                        at = map.first(at.key, false, range.toExclusive(), moment)) {
                    map.put(at.key, next, null);
                }
            }
            moment = next;
            reclaim();
            return true;
        });
    }

    @Override
    public void compact(List<Table> tables, KeyRange range) {
        // What nobody can see was dropped at once: all that is left to do is to refuse where the store is closed.
        var unused = reading(() -> true);
    }

    @Override
    public void close() {
        Lock held = lock.writeLock();
        held.lock();
        try {
            closed = true;
            tables.values().forEach(VersionedMap::clear);
        } finally {
            held.unlock();
        }
    }

    /** Opens a cursor of a moment that is pinned by the caller or is the present; runs under the write lock. */
    private Cursor cursorAt(long at, Table table, byte[] fromInclusive, byte[] toExclusive) {
        open.merge(at, 1, Integer::sum);
        return new MemoryCursor(this, table(table), at, fromInclusive.clone(), toExclusive.clone());
    }

    Cursor cursorOfView(long at, Table table, byte[] fromInclusive, byte[] toExclusive) {
        return writing(() -> cursorAt(at, table, fromInclusive, toExclusive));
    }

    byte @Nullable [] getOfView(long at, Table table, byte[] key) {
        return reading(() -> copyOf(table(table).get(key, at)));
    }

    /** Gives up one cursor or view of a moment. */
    void release(long at) {
        Lock held = lock.writeLock();
        held.lock();
        try {
            open.computeIfPresent(at, (m, count) -> count == 1 ? null : count - 1);
            reclaim();
        } finally {
            held.unlock();
        }
    }

    /** Returns the cursors and views that are open, for tests that look for leaks. */
    int openMoments() {
        return reading(() -> open.values().stream().mapToInt(Integer::intValue).sum());
    }

    <T extends @Nullable Object> T reading(Supplier<T> work) {
        return holding(lock.readLock(), work);
    }

    private <T extends @Nullable Object> T writing(Supplier<T> work) {
        return holding(lock.writeLock(), work);
    }

    private <T extends @Nullable Object> T holding(Lock held, Supplier<T> work) {
        held.lock();
        try {
            if (closed) {
                throw new StoreClosedException("the store in memory");
            }
            return work.get();
        } finally {
            held.unlock();
        }
    }

    private void reclaim() {
        long oldest = open.isEmpty() ? moment : open.firstKey();
        tables.values().forEach(table -> table.reclaim(oldest));
    }

    private VersionedMap table(Table table) {
        VersionedMap found = tables.get(table);
        if (found == null) {
            throw new IllegalArgumentException("no table " + table);
        }
        return found;
    }

    private static byte @Nullable [] copyOf(byte @Nullable [] bytes) {
        return bytes == null ? null : bytes.clone();
    }
}
