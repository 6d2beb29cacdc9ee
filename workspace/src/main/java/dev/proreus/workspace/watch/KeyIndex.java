package dev.proreus.workspace.watch;

import dev.proreus.workspace.Change;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The feeds behind each key, which is a hash of a name or of a term: an open table, so that a look-up makes no garbage.
 * One byte for each place tells whether it is taken and mostly by whom, so that a look-up in vain touches nothing but
 * bytes that lie close together, and any other touches few feeds but its own. Keys that share what is kept of them
 * share a place; a feed knows itself what it wants. Whoever makes keys collide needs a subscription for each, and gains
 * nothing over as many subscriptions that match.
 */
final class KeyIndex {
    private static final int SLOTS_MIN = 8;
    private static final byte FREE = 0;

    /** Of the key in each slot a few bits, or {@link #FREE}. */
    private byte[] marks = new byte[SLOTS_MIN];

    private @Nullable Feeds[] feeds = new Feeds[SLOTS_MIN];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** Returns the feeds behind a key, or null where there are none. */
    @Nullable
    Feeds get(long key) {
        int slot = slotOf(fold(key));
        return marks[slot] == FREE ? null : feeds[slot];
    }

    void add(long key, RingFeed feed) {
        feed.key(fold(key));
        int slot = slotOf(feed.key());
        Feeds there = feeds[slot];
        if (there instanceof FeedSet set) {
            set.add(feed);
        } else if (there instanceof RingFeed alone) {
            FeedSet set = new FeedSet();
            set.key(feed.key());
            set.add(alone);
            set.add(feed);
            feeds[slot] = set;
        } else {
            put(slot, feed);
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
        byte mark = markOf(key);
        while (marks[slot] != FREE && !(marks[slot] == mark && at(slot).key() == key)) {
            slot = next(slot);
        }
        return slot;
    }

    private Feeds at(int slot) {
        Feeds there = feeds[slot];
        if (there == null) {
            throw new IllegalStateException("slot " + slot + " is marked, and nothing stands there");
        }
        return there;
    }

    private void put(int slot, Feeds taking) {
        marks[slot] = markOf(taking.key());
        feeds[slot] = taking;
    }

    private void clear(int slot) {
        marks[slot] = FREE;
        feeds[slot] = null;
    }

    /** Frees a slot and moves up what stands behind it only because it was taken. */
    private void vacate(int freed) {
        size--;
        int free = freed;
        clear(free);
        for (int slot = next(free); marks[slot] != FREE; slot = next(slot)) {
            Feeds there = at(slot);
            int home = home(there.key());
            boolean reachable = free <= slot ? home <= free || home > slot : home <= free && home > slot;
            if (reachable) {
                put(free, there);
                clear(slot);
                free = slot;
            }
        }
    }

    private void grow() {
        @Nullable Feeds[] old = feeds;
        marks = new byte[2 * old.length];
        feeds = new Feeds[2 * old.length];
        for (Feeds each : old) {
            if (each != null) {
                put(slotOf(each.key()), each);
            }
        }
    }

    /** Keys are mixed already; this keeps what both halves know. */
    private static int fold(long key) {
        return (int) (key ^ (key >>> 32));
    }

    /** Made of other bits than the home is, so that keys that meet in the table mostly differ in it; never free. */
    private static byte markOf(int key) {
        return (byte) (key >>> 24 | 0x80);
    }

    private int home(int key) {
        return key & (feeds.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (feeds.length - 1);
    }
}
