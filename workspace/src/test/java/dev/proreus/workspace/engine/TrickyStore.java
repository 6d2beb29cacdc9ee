package dev.proreus.workspace.engine;

import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.KeyRange;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.StoreView;
import dev.proreus.workspace.store.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store that does what a test must not wait for: it loses what was not synced, as a machine that loses power, and
 * lets something happen between one access and the next.
 */
final class TrickyStore implements Store {
    private final Store store;
    private final List<StoreBatch.Operation> unsynced = new ArrayList<>();
    private int accessesLeft = -1;
    private Runnable interruption = () -> {};

    TrickyStore(Store store) {
        this.store = store;
    }

    /** Undoes every delete since the last synced write. */
    void losePower() {
        StoreBatch undo = new StoreBatch();
        for (StoreBatch.Operation lost : unsynced) {
            byte[] value = lost.value();
            if (value != null) {
                undo.put(lost.table(), lost.key(), value);
            }
        }
        unsynced.clear();
        store.write(undo);
    }

    /** Lets something happen before the access after so many others, once. */
    void interruptAfter(int accesses, Runnable what) {
        accessesLeft = accesses;
        interruption = what;
    }

    /** Returns whether the interruption is still to come. */
    boolean interruptionWaits() {
        return accessesLeft >= 0;
    }

    void neverInterrupt() {
        accessesLeft = -1;
    }

    private void access() {
        if (accessesLeft >= 0 && accessesLeft-- == 0) {
            interruption.run();
        }
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) {
        access();
        return store.get(table, key);
    }

    @Override
    public List<byte @Nullable []> getAll(Table table, List<byte[]> keys, long enoughBytes) {
        access();
        return store.getAll(table, keys, enoughBytes);
    }

    @Override
    public Cursor cursor(Table table, byte[] fromInclusive, byte[] toExclusive) {
        access();
        return store.cursor(table, fromInclusive, toExclusive);
    }

    @Override
    public StoreView view() {
        return store.view();
    }

    @Override
    public synchronized void write(StoreBatch batch) {
        store.write(batch);
        unsynced.clear();
    }

    @Override
    public synchronized void writeUnsynced(StoreBatch deletes) {
        StoreBatch before = new StoreBatch();
        for (StoreBatch.Operation operation : deletes) {
            byte[] value = store.get(operation.table(), operation.key());
            if (value != null) {
                before.put(operation.table(), operation.key(), value);
            }
        }
        store.writeUnsynced(deletes);
        before.forEach(unsynced::add);
    }

    @Override
    public void deleteRange(List<Table> tables, KeyRange range) {
        store.deleteRange(tables, range);
    }

    @Override
    public void compact(List<Table> tables, KeyRange range) {
        store.compact(tables, range);
    }

    @Override
    public void close() {
        store.close();
    }
}
