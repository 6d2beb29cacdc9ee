package dev.proreus.workspace.watch;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions behind each hash of a term: an open table of longs, so that a look-up makes no garbage and mostly
 * touches one line of memory. Whoever makes hashes collide needs a subscription for each, and gains nothing over as
 * many subscriptions that match.
 */
final class TermIndex {
    private static final int SLOTS_MIN = 8;

    private long[] hashes = new long[SLOTS_MIN];
    private @Nullable WatchSet[] sets = new WatchSet[SLOTS_MIN];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** Returns the subscriptions behind a hash, or null where there are none. */
    @Nullable
    WatchSet get(long hash) {
        return sets[slotOf(hash)];
    }

    void add(long hash, RunningWatch watch) {
        int slot = slotOf(hash);
        WatchSet set = sets[slot];
        if (set == null) {
            set = new WatchSet();
            hashes[slot] = hash;
            sets[slot] = set;
            size++;
            if (2 * size > sets.length) {
                grow();
            }
        }
        set.add(watch);
    }

    void remove(long hash, RunningWatch watch) {
        int slot = slotOf(hash);
        WatchSet set = sets[slot];
        if (set != null) {
            set.remove(watch);
            if (set.isEmpty()) {
                vacate(slot);
            }
        }
    }

    void copyTo(Collection<RunningWatch> all) {
        for (WatchSet set : sets) {
            if (set != null) {
                set.copyTo(all);
            }
        }
    }

    /** Returns where a hash stands, or the free slot where it would. */
    private int slotOf(long hash) {
        int slot = home(hash);
        while (sets[slot] != null && hashes[slot] != hash) {
            slot = next(slot);
        }
        return slot;
    }

    /** Frees a slot and moves up what stands behind it only because it was taken. */
    private void vacate(int freed) {
        size--;
        int free = freed;
        sets[free] = null;
        for (int slot = next(free); sets[slot] != null; slot = next(slot)) {
            int home = home(hashes[slot]);
            boolean reachable = free <= slot ? home <= free || home > slot : home <= free && home > slot;
            if (reachable) {
                hashes[free] = hashes[slot];
                sets[free] = sets[slot];
                sets[slot] = null;
                free = slot;
            }
        }
    }

    private void grow() {
        long[] oldHashes = hashes;
        @Nullable WatchSet[] oldSets = sets;
        hashes = new long[2 * oldHashes.length];
        sets = new WatchSet[2 * oldSets.length];
        for (int i = 0; i < oldSets.length; i++) {
            if (oldSets[i] != null) {
                int slot = slotOf(oldHashes[i]);
                hashes[slot] = oldHashes[i];
                sets[slot] = oldSets[i];
            }
        }
    }

    /** The hashes are mixed already, so that their low bits do. */
    private int home(long hash) {
        return (int) hash & (sets.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (sets.length - 1);
    }
}
