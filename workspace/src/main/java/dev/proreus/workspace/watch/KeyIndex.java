package dev.proreus.workspace.watch;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The feeds behind each key, which is a hash of a name or of a term: an open table, so that a look-up makes no garbage
 * and mostly touches two lines of memory. Keys that share what is kept of them share a place; a feed knows itself what
 * it wants. Whoever makes keys collide needs a subscription for each, and gains nothing over as many subscriptions that
 * match.
 */
final class KeyIndex {
    private static final int SLOTS_MIN = 8;

    private int[] folded = new int[SLOTS_MIN];
    private @Nullable FeedSet[] sets = new FeedSet[SLOTS_MIN];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** Returns the feeds behind a key, or null where there are none. */
    @Nullable
    FeedSet get(long key) {
        return sets[slotOf(fold(key))];
    }

    void add(long key, RingFeed feed) {
        int slot = slotOf(fold(key));
        FeedSet set = sets[slot];
        if (set == null) {
            set = new FeedSet();
            folded[slot] = fold(key);
            sets[slot] = set;
            size++;
            if (2 * size > sets.length) {
                grow();
            }
        }
        set.add(feed);
    }

    void remove(long key, RingFeed feed) {
        int slot = slotOf(fold(key));
        FeedSet set = sets[slot];
        if (set != null) {
            set.remove(feed);
            if (set.isEmpty()) {
                vacate(slot);
            }
        }
    }

    void copyTo(Collection<RunningWatch> all) {
        for (FeedSet set : sets) {
            if (set != null) {
                set.copyTo(all);
            }
        }
    }

    /** Returns where a key stands, or the free slot where it would. */
    private int slotOf(int key) {
        int slot = home(key);
        while (sets[slot] != null && folded[slot] != key) {
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
            int home = home(folded[slot]);
            boolean reachable = free <= slot ? home <= free || home > slot : home <= free && home > slot;
            if (reachable) {
                folded[free] = folded[slot];
                sets[free] = sets[slot];
                sets[slot] = null;
                free = slot;
            }
        }
    }

    private void grow() {
        int[] oldKeys = folded;
        @Nullable FeedSet[] oldSets = sets;
        folded = new int[2 * oldKeys.length];
        sets = new FeedSet[2 * oldSets.length];
        for (int i = 0; i < oldSets.length; i++) {
            if (oldSets[i] != null) {
                int slot = slotOf(oldKeys[i]);
                folded[slot] = oldKeys[i];
                sets[slot] = oldSets[i];
            }
        }
    }

    /** Keys are mixed already; this keeps what both halves know. */
    private static int fold(long key) {
        return (int) (key ^ (key >>> 32));
    }

    private int home(int key) {
        return key & (sets.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (sets.length - 1);
    }
}
