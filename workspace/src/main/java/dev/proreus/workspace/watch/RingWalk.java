package dev.proreus.workspace.watch;

import org.jspecify.annotations.Nullable;

/**
 * How far one loop has walked the ring. Between two walks it stands at the end of a batch, so it never splits a
 * position; in the midst of one it may. Confined to the loop but for what says that it is not.
 */
final class RingWalk {
    private final EventRing ring;
    private long position;
    private volatile long walked;
    private boolean cut;
    private int followers;
    private volatile boolean followed;

    /** Starts at the head: what stands before it was published to nobody here. */
    RingWalk(EventRing ring) {
        this.ring = ring;
        this.position = ring.head();
        this.walked = position;
    }

    /** Returns the ring position up to which every entry was dispatched. */
    long position() {
        return position;
    }

    /** Returns the entry at a ring position, or null where the ring has dropped it. */
    @Nullable
    RingEntry at(long of) {
        return ring.at(of);
    }

    /** Says that one more relies on being offered every entry that is published from now on. */
    void follow() {
        followers++;
        followed = true;
    }

    /** Says that one of them no longer does. */
    void unfollow() {
        followers--;
        followed = followers > 0;
    }

    /** Returns, to any thread, whether somebody relies on it; else it may stay behind. */
    boolean isFollowed() {
        return followed;
    }

    /** Returns how many entries there are to walk now. */
    long pending() {
        return ring.head() - position;
    }

    /** Moves past the next entry and returns it; null where the ring has dropped that, and it moves to the head. */
    @Nullable
    RingEntry next() {
        RingEntry entry = ring.at(position);
        if (entry == null) {
            cut = position != walked;
            position = ring.head();
        } else {
            position++;
        }
        return entry;
    }

    /** Returns whether the last move was past what the ring has dropped, after others since it rested. */
    boolean isCut() {
        return cut;
    }

    /** Shows other threads how far it has come. */
    void rest() {
        walked = position;
    }

    /** Returns, to any thread, how many entries somebody waits to be offered, as of where it rested last. */
    long lagEntries() {
        return followed ? Math.max(0, ring.head() - walked) : 0;
    }

    /** Returns, to any thread, the age of the oldest entry that somebody waits to be offered, likewise. */
    long lagNanos(long now) {
        return followed ? ring.nanosSince(walked, now) : 0;
    }
}
