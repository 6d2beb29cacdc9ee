package dev.proreus.workspace.engine;

import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.KeyRange;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.StoreFailedException;
import dev.proreus.workspace.store.StoreView;
import dev.proreus.workspace.store.Table;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A store whose writes wait at a gate before they take effect, while reads go on, and can be made to fail there. */
final class GatedStore implements Store {
    private static final int FAR = 1_000_000;

    private final Store store;
    private final Semaphore gate = new Semaphore(FAR);
    private final Semaphore arrived = new Semaphore(0);
    private final Semaphore looked = new Semaphore(0);
    private volatile boolean fails;
    private volatile boolean breaks;

    GatedStore(Store store) {
        this.store = store;
    }

    /** Lets no further write through. */
    void shut() {
        gate.drainPermits();
        arrived.drainPermits();
        looked.drainPermits();
    }

    /** Waits until a write stands at the gate. */
    void awaitWrite() {
        await(arrived);
    }

    /**
     * Waits until the store was asked so often for objects since the gate was shut: for one, or for those of a type.
     */
    void awaitLooks(int count) {
        for (int i = 0; i < count; i++) {
            await(looked);
        }
    }

    void open() {
        gate.release(FAR);
    }

    /** Makes the write at the gate, and every later one, fail. */
    void fail() {
        fails = true;
        open();
    }

    /** Makes the write at the gate end its thread. */
    void breakDown() {
        breaks = true;
        open();
    }

    /** Returns how many writes came to the gate since it was shut and have not been waited for. */
    int writes() {
        return arrived.availablePermits();
    }

    private static void await(Semaphore semaphore) {
        try {
            if (!semaphore.tryAcquire(Boolean.getBoolean("proreus.short") ? 2 : 20, TimeUnit.SECONDS)) {
                throw new AssertionError("nothing came");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void writeUnsynced(StoreBatch batch) {
        store.writeUnsynced(batch);
    }

    @Override
    public void write(StoreBatch batch) {
        arrived.release();
        gate.acquireUninterruptibly();
        if (fails) {
            throw new StoreFailedException("the test made it fail", null);
        }
        if (breaks) {
            throw new NoSuchMethodError("the test broke it");
        }
        store.write(batch);
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) {
        byte[] value = store.get(table, key);
        looked(table);
        return value;
    }

    private void looked(Table table) {
        if (table == Table.HEAD) {
            looked.release();
        }
    }

    @Override
    public List<byte @Nullable []> getAll(Table table, List<byte[]> keys, long enoughBytes) {
        return store.getAll(table, keys, enoughBytes);
    }

    @Override
    public Cursor cursor(Table table, byte[] fromInclusive, byte[] toExclusive) {
        Cursor cursor = store.cursor(table, fromInclusive, toExclusive);
        looked(table);
        return cursor;
    }

    @Override
    public StoreView view() {
        return store.view();
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
