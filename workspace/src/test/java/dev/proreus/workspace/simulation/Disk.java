package dev.proreus.workspace.simulation;

import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.memory.MemoryStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A disk under a log-structured store: all batches ever written, in their order, of which the first so many are synced.
 * A crash takes a suffix of the others, since what a log holds behind a damaged record is not read any more. Batches
 * are whole: their records have checksums.
 */
final class Disk {
    private final List<StoreBatch> log = new ArrayList<>();
    private int synced;

    /** Adds a batch, which is not safe before it is synced; returns its place. */
    int append(StoreBatch batch) {
        log.add(batch);
        return log.size() - 1;
    }

    /** Makes everything up to a place safe. */
    void sync(int place) {
        synced = Math.max(synced, place + 1);
    }

    int unsynced() {
        return log.size() - synced;
    }

    /** Loses all that is not synced, but for so many batches; what is left is read back, and safe. */
    void crash(int kept) {
        int left = Math.min(log.size(), synced + kept);
        log.subList(left, log.size()).clear();
        synced = left;
    }

    /** Returns a store in memory with all that there is. */
    MemoryStore read() {
        MemoryStore store = new MemoryStore();
        log.forEach(store::write);
        return store;
    }

    /** Returns all that there is. */
    List<StoreBatch> log() {
        return Collections.unmodifiableList(log);
    }

    /** Replaces what a place holds, as only a defect does. */
    void damage(int place, StoreBatch instead) {
        log.set(place, instead);
    }
}
