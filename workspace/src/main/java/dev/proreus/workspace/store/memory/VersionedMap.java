package dev.proreus.workspace.store.memory;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One table's keys, each with its values at the moments that can still be seen. Guarded by the store's lock. */
final class VersionedMap {
    private final TreeMap<byte[], Link> links = new TreeMap<>(Arrays::compareUnsigned);
    /** Keys with something to reclaim once no moment before their newest write is open. */
    private final Deque<Stale> stale = new ArrayDeque<>();

    /** Returns the value that the key had at a moment, or null. */
    byte @Nullable [] get(byte[] key, long moment) {
        Link newest = links.get(key);
        return newest == null ? null : newest.at(moment);
    }

    /** Puts a value, or deletes where it is null. Moments never go down from call to call. */
    void put(byte[] key, long moment, byte @Nullable [] value) {
        Link newest = links.get(key);
        if (newest == null && value == null) {
            return;
        }
        Link older = newest != null && newest.moment == moment ? newest.older : newest;
        links.put(key, new Link(moment, value, older));
        if (older != null || value == null) {
            stale.add(new Stale(key, moment));
        }
    }

    /**
     * Returns the first entry with a value at a moment whose key is at or after one, or after it, and before an end.
     */
    @Nullable
    Entry first(byte[] from, boolean inclusive, byte[] toExclusive, long moment) {
        for (Map.Entry<byte[], Link> at : links.tailMap(from, inclusive).entrySet()) {
            if (Arrays.compareUnsigned(at.getKey(), toExclusive) >= 0) {
                return null;
            }
            byte[] value = at.getValue().at(moment);
            if (value != null) {
                return new Entry(at.getKey(), value);
            }
        }
        return null;
    }

    /**
     * Returns the last entry with a value at a moment whose key is at or before one, or before it, and from a start.
     */
    @Nullable
    Entry last(byte[] from, boolean inclusive, byte[] startInclusive, long moment) {
        for (Map.Entry<byte[], Link> at :
                links.headMap(from, inclusive).descendingMap().entrySet()) {
            if (Arrays.compareUnsigned(at.getKey(), startInclusive) < 0) {
                return null;
            }
            byte[] value = at.getValue().at(moment);
            if (value != null) {
                return new Entry(at.getKey(), value);
            }
        }
        return null;
    }

    /** Drops what only moments before {@code oldest} could see. */
    void reclaim(long oldest) {
        for (Iterator<Stale> each = stale.iterator(); each.hasNext(); ) {
            Stale key = each.next();
            if (key.moment > oldest) {
                return;
            }
            each.remove();
            Link newest = links.get(key.key);
            if (newest != null) {
                newest.cutBelow(oldest);
                if (newest.value == null && newest.moment <= oldest) {
                    links.remove(key.key);
                }
            }
        }
    }

    void clear() {
        links.clear();
        stale.clear();
    }

    /** Returns the values held, those of the past included. */
    int depth() {
        return links.values().stream().mapToInt(Link::length).sum();
    }

    /** A key and its value; both are the map's own arrays. */
    static final class Entry {
        final byte[] key;
        final byte[] value;

        Entry(byte[] key, byte[] value) {
            this.key = key;
            this.value = value;
        }
    }

    private static final class Stale {
        final byte[] key;
        final long moment;

        Stale(byte[] key, long moment) {
            this.key = key;
            this.moment = moment;
        }
    }

    private static final class Link {
        final long moment;
        final byte @Nullable [] value;

        @Nullable
        Link older;

        Link(long moment, byte @Nullable [] value, @Nullable Link older) {
            this.moment = moment;
            this.value = value;
            this.older = older;
        }

        byte @Nullable [] at(long wanted) {
            for (Link link = this; link != null; link = link.older) {
                if (link.moment <= wanted) {
                    return link.value;
                }
            }
            return null;
        }

        void cutBelow(long oldest) {
            Link visible = this;
            while (visible != null && visible.moment > oldest) {
                visible = visible.older;
            }
            if (visible != null) {
                visible.older = null;
            }
        }

        int length() {
            int length = 0;
            for (Link link = this; link != null; link = link.older) {
                length++;
            }
            return length;
        }
    }
}
