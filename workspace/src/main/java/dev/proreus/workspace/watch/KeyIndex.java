package dev.proreus.workspace.watch;

import dev.proreus.workspace.Change;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The feeds behind each key, which is a hash of a name or of a term: an open table, so that a look-up makes no garbage
 * and mostly touches two lines of memory before the feed itself. Keys that share what is kept of them share a place; a
 * feed knows itself what it wants. Whoever makes keys collide needs a subscription for each, and gains nothing over as
 * many subscriptions that match.
 */
final class KeyIndex {
    private static final int SLOTS_MIN = 8;

    private int[] folded = new int[SLOTS_MIN];
    private @Nullable Feeds[] feeds = new Feeds[SLOTS_MIN];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** Returns the feeds behind a key, or null where there are none. */
    @Nullable
    Feeds get(long key) {
        return feeds[slotOf(fold(key))];
    }

    void add(long key, RingFeed feed) {
        int slot = slotOf(fold(key));
        Feeds there = feeds[slot];
        if (there instanceof FeedSet set) {
            set.add(feed);
        } else if (there instanceof RingFeed alone) {
            FeedSet set = new FeedSet();
            set.add(alone);
            set.add(feed);
            feeds[slot] = set;
        } else {
            folded[slot] = fold(key);
            feeds[slot] = feed;
            size++;
            if (2 * size > feeds.length) {
                grow();
            }
        }
    }

    void remove(long key, RingFeed feed) {
        int slot = slotOf(fold(key));
        Feeds there = feeds[slot];
        if (there instanceof FeedSet set) {
            set.remove(feed);
            if (set.size() == 1) {
                feeds[slot] = set.at(0);
            }
        } else if (there == feed) {
            vacate(slot);
        }
    }

    /** Offers a change to the feeds behind each key. */
    void offerToAll(long position, Change change) {
        for (Feeds each : feeds) {
            if (each != null) {
                each.offer(position, change);
            }
        }
    }

    void copyTo(Collection<Watcher> all) {
        for (Feeds each : feeds) {
            if (each != null) {
                each.copyTo(all);
            }
        }
    }

    /** Returns where a key stands, or the free slot where it would. */
    private int slotOf(int key) {
        int slot = home(key);
        while (feeds[slot] != null && folded[slot] != key) {
            slot = next(slot);
        }
        return slot;
    }

    /** Frees a slot and moves up what stands behind it only because it was taken. */
    private void vacate(int freed) {
        size--;
        int free = freed;
        feeds[free] = null;
        for (int slot = next(free); feeds[slot] != null; slot = next(slot)) {
            int home = home(folded[slot]);
            boolean reachable = free <= slot ? home <= free || home > slot : home <= free && home > slot;
            if (reachable) {
                folded[free] = folded[slot];
                feeds[free] = feeds[slot];
                feeds[slot] = null;
                free = slot;
            }
        }
    }

    private void grow() {
        int[] oldKeys = folded;
        @Nullable Feeds[] oldFeeds = feeds;
        folded = new int[2 * oldKeys.length];
        feeds = new Feeds[2 * oldFeeds.length];
        for (int i = 0; i < oldFeeds.length; i++) {
            if (oldFeeds[i] != null) {
                int slot = slotOf(oldKeys[i]);
                folded[slot] = oldKeys[i];
                feeds[slot] = oldFeeds[i];
            }
        }
    }

    /** Keys are mixed already; this keeps what both halves know. */
    private static int fold(long key) {
        return (int) (key ^ (key >>> 32));
    }

    private int home(int key) {
        return key & (feeds.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (feeds.length - 1);
    }
}
