package dev.proreus.workspace.cache;

/**
 * How much memory the caches may take.
 *
 * @param objectBytes of the heap, for the newest objects, which writes and reads of one object look at; 0 for none
 * @param bodyBytes beside the heap, for the bodies committed last, which watches that catch up read; 0 for none
 */
public record CacheSizes(long objectBytes, long bodyBytes) {
    /** No cache at all. */
    public static final CacheSizes NONE = new CacheSizes(0, 0);

    /** Some 40,000 objects of 1 KiB, with what it takes to find them. */
    private static final long OBJECT_BYTES = 64L << 20;

    /** As the ring of events: what both pin is an eighth of the smallest heap that they are given whole. */
    private static final int OBJECT_SHARE_OF_HEAP = 16;

    /** Half a million objects with a spec of 1 KiB, and their keys. */
    private static final long BODY_BYTES = 640L << 20;

    /** A machine's memory is some four heaps by Java's defaults, so this is a thirtieth of it. */
    private static final int BODY_SHARE_OF_HEAP = 8;

    /**
     * Returns how much to take where nobody says: 64 MiB for objects and 640 MiB for bodies, or a sixteenth and an
     * eighth of the largest heap where that is less.
     */
    public static CacheSizes defaults(long mostHeapBytes) {
        return new CacheSizes(
                Math.min(OBJECT_BYTES, mostHeapBytes / OBJECT_SHARE_OF_HEAP),
                Math.min(BODY_BYTES, mostHeapBytes / BODY_SHARE_OF_HEAP));
    }
}
