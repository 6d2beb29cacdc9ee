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
    private final long bytesMax;

    private long next;
    private long oldest;
    private long bytes;
    private volatile long head;

    EventRing(long bytesMax) {
        if (bytesMax <= 0) {
            throw new IllegalArgumentException("the ring needs room, not " + bytesMax + " bytes");
        }
        this.slots = new AtomicReferenceArray<>(slotsFor(bytesMax));
        this.bytesMax = bytesMax;
    }

    /**
     * Appends, for the writer only; readers see it after {@link #publish()}. The newest entry always has room.
     *
     * @param place where it happened; null where that is unknown
     */
    void append(Publication publication, @Nullable Place place) {
        long cost = RingEntry.bytes(publication);
        while (oldest < next && (bytes + cost > bytesMax || next - oldest >= slots.length())) {
            evictOldest();
        }
        slots.setRelease(slot(next), new RingEntry(next, publication, place));
        bytes += cost;
        next++;
    }

    /** Shows readers all that was appended, for the writer only. */
    void publish() {
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

    private void evictOldest() {
        RingEntry entry = slots.getPlain(slot(oldest));
        if (entry == null) {
            throw new IllegalStateException("nothing stands at position " + oldest + " of the ring");
        }
        bytes -= RingEntry.bytes(entry.publication());
        slots.setRelease(slot(oldest), null);
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
