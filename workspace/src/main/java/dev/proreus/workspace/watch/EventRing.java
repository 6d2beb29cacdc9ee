package dev.proreus.workspace.watch;

import dev.proreus.workspace.Place;
import dev.proreus.workspace.Publication;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The newest publications in commit order, bounded in bytes and in count. One thread appends and publishes; any thread
 * reads below the head. A position is never reused, and an entry knows its own, so a reader that finds another entry or
 * none in its slot knows that it was too slow.
 */
final class EventRing {
    private static final int SLOTS_MIN = 16;
    private static final int SLOTS_MAX = 1 << 20;

    private final AtomicReferenceArray<@Nullable RingEntry> slots;

    /** The bytes of the entry in each slot, beside it, so that to evict one its object need not be looked at. */
    private final int[] costs;

    private final long bytesMax;

    private long next;
    private long oldest;
    private long bytes;
    private volatile long head;
    private volatile Extent extent = new Extent(0, 0, 0);

    EventRing(long bytesMax) {
        if (bytesMax <= 0) {
            throw new IllegalArgumentException("the ring needs room, not " + bytesMax + " bytes");
        }
        this.slots = new AtomicReferenceArray<>(slotsFor(bytesMax));
        this.costs = new int[slots.length()];
        this.bytesMax = bytesMax;
    }

    /**
     * Appends, for the writer only; readers see it after {@link #publish()}. The newest entry always has room.
     *
     * @param place where it happened; null where that is unknown
     * @param nanos the present
     */
    void append(Publication publication, @Nullable Place place, long nanos) {
        int cost = RingEntry.bytes(publication);
        while (oldest < next && (bytes + cost > bytesMax || next - oldest >= slots.length())) {
            evictOldest();
        }
        slots.setRelease(slot(next), new RingEntry(next, publication, place, nanos));
        costs[slot(next)] = cost;
        bytes += cost;
        next++;
    }

    /** Shows readers all that was appended, for the writer only. */
    void publish() {
        extent = new Extent(oldest, next, bytes);
        head = next;
    }

    /** Returns the position after the newest one. */
    long head() {
        return head;
    }

    /** Returns what stands at a position below the head, or null where it has been evicted. */
    @Nullable
    RingEntry at(long position) {
        RingEntry entry = slots.getAcquire(slot(position));
        return entry != null && entry.position() == position ? entry : null;
    }

    /** Returns what the ring held when it was published last. */
    Extent extent() {
        return extent;
    }

    /** Returns the bound of the bytes. */
    long bytesMax() {
        return bytesMax;
    }

    /** Returns the age of the entry at a position, or of the oldest where that was evicted; 0 at the head. */
    long nanosSince(long position, long now) {
        RingEntry entry = at(position);
        if (entry == null && position < head) {
            entry = at(extent.oldest());
        }
        return entry == null ? 0 : Math.max(0, now - entry.nanos());
    }

    /**
     * What the ring held at a moment.
     *
     * @param oldest the position of the oldest entry, which is the count of those evicted before it
     * @param head the position after the newest
     * @param bytes what they pin
     */
    record Extent(long oldest, long head, long bytes) {
        long entries() {
            return head - oldest;
        }
    }

    private void evictOldest() {
        slots.setRelease(slot(oldest), null);
        bytes -= costs[slot(oldest)];
        oldest++;
    }

    /** A power of two, and enough for the smallest entries to fill the bytes, up to a limit. */
    private static int slotsFor(long bytesMax) {
        long entries = Math.max(SLOTS_MIN, Math.min(SLOTS_MAX, bytesMax / RingEntry.OVERHEAD_BYTES));
        return (int) Long.highestOneBit(2 * entries - 1);
    }

    private int slot(long position) {
        return (int) position & (slots.length() - 1);
    }
}
