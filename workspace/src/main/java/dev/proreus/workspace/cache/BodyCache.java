package dev.proreus.workspace.cache;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.BodyRoom;
import dev.proreus.workspace.Change;
import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.Instrumentation;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bodies that were committed last, in memory beside the heap, first in, first out. A watch that catches up wants
 * each body once, in the order in which they were committed, while the store keeps them by object: there each is a
 * search of its own, of some microseconds. Here it is a copy.
 *
 * <p>One thread adds, any number find. What is not found is in the store.
 */
public final class BodyCache {
    /*
     * State: addresses grow for ever; the memory holds the newest of them, in segments that are used in turn. An entry
     * (its key, then its body) lies in one segment. The index is a table of buckets: an entry's bucket follows from its
     * key, and holds the addresses of a few entries, of which the oldest makes room.
     *
     * Entries lie side by side in the order in which they were added. Where a segment has no room for the next, a mark
     * stands behind its last, unless there is no room for a header either. So who goes on behind an entry finds another
     * one, or the mark, or the segment's end, or stands at `end`, where nothing is yet.
     *
     * Readers take no lock. An address below `oldest` may be overwritten: the writer raises `oldest` past a segment
     * before it writes there again, and a reader looks at `oldest` again after it has copied. An address is never
     * reused, so what the index names at or above `oldest` is the entry that was put there, and no body can pass for
     * one.
     */

    /** Takes the longest object, and is allocated within half a millisecond, for which the committer waits. */
    private static final int SEGMENT_BYTES = 2 << 20;

    /** The least number of segments: each time one is used again, its share of what is held is lost at once. */
    private static final int SEGMENTS_MIN = 4;

    /** Bytes of memory for each place in the index: half of what a small body takes with its key. */
    private static final int BYTES_PER_PLACE = 256;

    /** Entries of a bucket: with bodies of 1 KiB a bucket has one to hold, on average. */
    private static final int WAYS = 4;

    /** Workspace 8, revision 8, type 4, length of the name 4, length of the body 4. */
    private static final int HEADER_BYTES = 28;

    private static final int REVISION = 8;
    private static final int TYPE = 16;
    private static final int NAME_LENGTH = 20;
    private static final int BODY_LENGTH = 24;

    /** Stands where an entry has its workspace, behind the last one of a segment: no workspace has it. */
    private static final long NO_ENTRY = -1;

    /** An address below all that are held. */
    private static final long NOWHERE = -1;

    private static final Logger LOG = LoggerFactory.getLogger(BodyCache.class);

    private final IntFunction<ByteBuffer> allocator;
    private final int segmentBytes;
    private final AtomicReferenceArray<@Nullable ByteBuffer> segments;

    /** Addresses plus one; 0 is none. */
    private final AtomicLongArray index;

    private final LongAdder hits;
    private final LongAdder misses;

    /** How many segments are in use, or will be. */
    private volatile int count;

    private volatile long oldest;

    /** Where the next entry goes. */
    private final AtomicLong end = new AtomicLong();

    /** Bytes left there in its segment; for the writer only. */
    private int room;

    /** @param bytes of memory to take, as they are needed; 0 for none */
    public BodyCache(long bytes, Instrumentation instrumentation) {
        this(bytes, ByteBuffer::allocateDirect, instrumentation);
    }

    /** @param allocator gives memory, or throws {@link OutOfMemoryError} */
    BodyCache(long bytes, IntFunction<ByteBuffer> allocator, Instrumentation instrumentation) {
        this.allocator = allocator;
        this.segmentBytes = (int) Math.min(SEGMENT_BYTES, bytes / SEGMENTS_MIN) & -Long.BYTES;
        this.count = segmentBytes <= HEADER_BYTES ? 0 : Math.toIntExact(bytes / segmentBytes);
        this.segments = new AtomicReferenceArray<>(count);
        long places = Math.max(WAYS, (long) count * segmentBytes / BYTES_PER_PLACE);
        this.index = new AtomicLongArray(Math.toIntExact(Long.highestOneBit(Math.min(1 << 30, places))));
        hits = instrumentation.counter(
                "proreus.body_cache.hits", "{body}", "Bodies that reads of history found in the body cache.");
        misses = instrumentation.counter(
                "proreus.body_cache.misses", "{body}", "Bodies that reads of history took from the store.");
        instrumentation.level(
                "proreus.body_cache.limit", "By", "Bytes that it may take.", () -> (long) count * segmentBytes);
        instrumentation.level("proreus.body_cache.size", "By", "Bytes that the body cache has taken.", this::taken);
    }

    /** Adds the body that a change made; for the one who publishes. */
    public void add(Change change) {
        if (change.kind() != ChangeKind.DELETED && count > 0) {
            byte[] name = bytes(change.name());
            int length = HEADER_BYTES + name.length + change.object().size();
            ByteBuffer segment = length <= segmentBytes ? segmentFor(length) : null;
            if (segment != null) {
                long address = end.getPlain();
                segment.position(offset(address))
                        .putLong(change.workspaceId())
                        .putLong(change.revision())
                        .putInt(change.typeId())
                        .putInt(name.length)
                        .putInt(change.object().size())
                        .put(name);
                change.object().copyTo(segment);
                enter(bucket(change.workspaceId(), change.revision(), change.name()), address);
                end.setRelease(address + aligned(length));
                room -= aligned(length);
            }
        }
    }

    /** Returns the body that an object had from a revision on, or null where it is not here. */
    public @Nullable ByteString find(long workspaceId, int typeId, String name, long revision) {
        return walk(BodyRoom.OWN).find(workspaceId, typeId, name, revision);
    }

    /**
     * Begins to look up some bodies, which is quick for those that were added one after the other.
     *
     * @param room where what is found is copied to
     */
    public Walk walk(BodyRoom room) {
        return new Walk(room);
    }

    /**
     * Looks up one body after the other. What was added behind the one that was found last is looked at first: where
     * bodies are wanted in the order in which they were committed, the index, which is memory that no cache of the
     * processor has, is not read, and the memory of the bodies is read forward. One thread at a time.
     */
    public final class Walk {
        private final BodyRoom room;
        private long next = NOWHERE;

        private Walk(BodyRoom room) {
            this.room = room;
        }

        /** Returns the body that an object had from a revision on, or null where it is not here. */
        public @Nullable ByteString find(long workspaceId, int typeId, String name, long revision) {
            byte[] nameBytes = bytes(name);
            long address = next < end.getAcquire() ? next : NOWHERE;
            ByteString body = read(address, workspaceId, typeId, nameBytes, revision, room);
            if (body == null) {
                int bucket = bucket(workspaceId, revision, name);
                for (int way = 0; body == null && way < WAYS; way++) {
                    address = index.getAcquire(bucket + way) - 1;
                    body = read(address, workspaceId, typeId, nameBytes, revision, room);
                }
            }
            if (body == null) {
                next = NOWHERE;
                misses.increment();
                return null;
            }
            next = address + aligned(HEADER_BYTES + nameBytes.length + body.size());
            hits.increment();
            return body;
        }
    }

    /** Returns the body at an address, or null where it is of another key, or was or is overwritten. */
    private @Nullable ByteString read(
            long address, long workspaceId, int typeId, byte[] name, long revision, BodyRoom room) {
        if (address < oldest) {
            return null;
        }
        ByteBuffer segment = segments.getAcquire(segment(address));
        int at = offset(address);
        if (segment == null
                || at > segmentBytes - HEADER_BYTES
                || segment.getLong(at) != workspaceId
                || segment.getLong(at + REVISION) != revision
                || segment.getInt(at + TYPE) != typeId
                || segment.getInt(at + NAME_LENGTH) != name.length) {
            return null;
        }
        int length = segment.getInt(at + BODY_LENGTH);
        if (isLost(address)) {
            return null;
        }
        byte[] itsName = new byte[name.length];
        segment.get(at + HEADER_BYTES, itsName);
        if (!Arrays.equals(itsName, name)) {
            return null;
        }
        ByteString body = room.copy(segment, at + HEADER_BYTES + name.length, length);
        return isLost(address) ? null : body;
    }

    /** Returns whether what was read at an address up to now may be something else. */
    private boolean isLost(long address) {
        VarHandle.loadLoadFence();
        return address < oldest;
    }

    private void enter(int bucket, long address) {
        int place = bucket;
        for (int way = 1; way < WAYS; way++) {
            if (index.getPlain(bucket + way) < index.getPlain(place)) {
                place = bucket + way;
            }
        }
        index.setRelease(place, address + 1);
    }

    /** Returns the segment that the next entry goes to, or null where there is no memory at all. */
    private @Nullable ByteBuffer segmentFor(int length) {
        if (length <= room) {
            return segments.getPlain(segment(end.getPlain()));
        }
        long next = beginSegment();
        if (next < (long) count * segmentBytes) {
            ByteBuffer made = allocate();
            if (made != null) {
                segments.setRelease(segment(next), made);
            } else {
                shrink(segment(next));
            }
        }
        if (count == 0) {
            return null;
        }
        oldest = Math.max(oldest, next - (count - 1L) * segmentBytes);
        VarHandle.storeStoreFence();
        room = segmentBytes;
        return segments.getPlain(segment(next));
    }

    /** Leaves the room of a segment that is used, and returns where the next one begins. */
    private long beginSegment() {
        long left = end.getPlain();
        if (room >= HEADER_BYTES) {
            ByteBuffer segment = segments.getPlain(segment(left));
            if (segment != null) {
                segment.putLong(offset(left), NO_ENTRY);
            }
        }
        long next = left + room;
        end.setRelease(next);
        room = 0;
        return next;
    }

    private @Nullable ByteBuffer allocate() {
        try {
            return allocator.apply(segmentBytes);
        } catch (OutOfMemoryError e) {
            return null;
        }
    }

    /** Stays at half of the segments that there are, and begins anew: others need memory beside the heap as well. */
    private void shrink(int made) {
        LOG.warn(
                "the body cache stays at {} of {} bytes, since Java allows no more memory beside the heap: give"
                        + " --body-cache less, or Java more by -XX:MaxDirectMemorySize",
                (long) made / 2 * segmentBytes,
                (long) count * segmentBytes);
        oldest = end.getPlain();
        VarHandle.storeStoreFence();
        count = made / 2;
        for (int i = count; i < made; i++) {
            segments.setRelease(i, null);
        }
    }

    private long taken() {
        long taken = 0;
        for (int i = 0; i < segments.length(); i++) {
            taken += segments.getOpaque(i) == null ? 0 : segmentBytes;
        }
        return taken;
    }

    /** Returns which segment an address is in; any, where there is none any more. */
    private int segment(long address) {
        return (int) (address / segmentBytes % Math.max(1, count));
    }

    private int offset(long address) {
        return (int) (address % segmentBytes);
    }

    private int bucket(long workspaceId, long revision, String name) {
        long mixed = (workspaceId * 0x9E3779B97F4A7C15L + revision) * 0x9E3779B97F4A7C15L + name.hashCode();
        mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
        return (int) (mixed >>> 32) & (index.length() - 1) & -WAYS;
    }

    /** Returns the bytes of memory that an entry takes, so that each begins at a multiple of eight. */
    private static int aligned(int length) {
        return (length + Long.BYTES - 1) & -Long.BYTES;
    }

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }
}
