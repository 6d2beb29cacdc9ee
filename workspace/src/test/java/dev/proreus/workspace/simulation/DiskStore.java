package dev.proreus.workspace.simulation;

import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.KeyRange;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.StoreClosedException;
import dev.proreus.workspace.store.StoreCorruptException;
import dev.proreus.workspace.store.StoreFailedException;
import dev.proreus.workspace.store.StoreView;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.memory.MemoryStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store over a simulated disk, for one life of a process. Every access is a step of the actor that makes it, so that
 * others come in between, and the process may be killed there. It fails where it is told to.
 */
class DiskStore implements Store {
    private final Disk disk;
    private final Actors actors;
    private final MemoryStore live;
    private @Nullable Fault fault;
    private boolean failed;
    private boolean closed;

    /** What goes wrong with the next access of a kind. */
    enum Fault {
        /** A write fails, and is not on the disk. */
        WRITE_LOST,
        /** A write fails, and is on the disk, perhaps after a crash as well. */
        WRITE_KEPT,
        /** A read finds damaged bytes. */
        READ_CORRUPT,
        /** A read fails. */
        READ_FAILED
    }

    DiskStore(Disk disk, Actors actors) {
        this.disk = disk;
        this.actors = actors;
        this.live = disk.read();
    }

    /** Lets the next access of its kind fail. */
    void fail(Fault next) {
        fault = next;
    }

    /** Returns the batches that a process reads and writes, without a step. */
    MemoryStore live() {
        return live;
    }

    @Override
    public void write(StoreBatch batch) {
        actors.step();
        requireWorking();
        require(Fault.WRITE_LOST, "the disk took nothing");
        int place = disk.append(batch);
        actors.step();
        require(Fault.WRITE_KEPT, "the disk could not sync");
        persist(place);
        actors.step();
        show(batch);
        actors.step();
    }

    /** Makes a batch safe before it is seen. */
    void persist(int place) {
        disk.sync(place);
    }

    /** Lets a batch be seen. */
    void show(StoreBatch batch) {
        live.write(batch);
    }

    @Override
    public void writeUnsynced(StoreBatch deletes) {
        actors.step();
        requireWorking();
        deletes.requireDeletes();
        require(Fault.WRITE_LOST, "the disk took nothing");
        disk.append(deletes);
        require(Fault.WRITE_KEPT, "the disk gave up");
        live.write(deletes);
    }

    @Override
    public void deleteRange(List<Table> tables, KeyRange range) {
        StoreBatch deletes = new StoreBatch();
        for (Table table : tables) {
            try (Cursor cursor = live.cursor(table, range)) {
                for (; cursor.valid(); cursor.next()) {
                    deletes.delete(table, cursor.key());
                }
            }
        }
        writeUnsynced(deletes);
    }

    @Override
    public void compact(List<Table> tables, KeyRange range) {
        actors.step();
        live.compact(tables, range);
    }

    private void requireWorking() {
        if (closed) {
            throw new StoreClosedException("the store on the simulated disk");
        }
        if (failed) {
            throw new StoreFailedException("the disk failed before", null);
        }
    }

    /** Fails for good where it was told to. */
    private void require(Fault not, String otherwise) {
        if (take(not)) {
            failed = true;
            throw new StoreFailedException(otherwise, null);
        }
    }

    private boolean take(Fault which) {
        if (fault == which) {
            fault = null;
            return true;
        }
        return false;
    }

    private void read() {
        actors.step();
        if (take(Fault.READ_CORRUPT)) {
            throw new StoreCorruptException("the disk gave other bytes", null);
        }
        if (take(Fault.READ_FAILED)) {
            throw new StoreFailedException("the disk could not be read", null);
        }
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) {
        read();
        return live.get(table, key);
    }

    @Override
    public List<byte @Nullable []> getAll(Table table, List<byte[]> keys, long enoughBytes) {
        actors.step();
        return live.getAll(table, keys, enoughBytes);
    }

    @Override
    public Cursor cursor(Table table, byte[] fromInclusive, byte[] toExclusive) {
        read();
        return live.cursor(table, fromInclusive, toExclusive);
    }

    @Override
    public StoreView view() {
        read();
        return live.view();
    }

    @Override
    public void close() {
        closed = true;
        live.close();
    }
}
