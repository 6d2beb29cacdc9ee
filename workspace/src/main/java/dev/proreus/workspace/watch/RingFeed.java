package dev.proreus.workspace.watch;

import dev.proreus.workspace.Change;
import org.jspecify.annotations.Nullable;

/**
 * What waits in the ring for one registered subscription: the positions of a few matching events, and where those found
 * no room, the position from which on the ring itself is searched. So a burst costs a subscription no memory and no
 * history, as long as the ring still has it. Confined to the subscription's loop.
 */
final class RingFeed implements Feed {
    /** Positions noted for one subscription: past a few, searching the ring from there is as cheap. */
    static final int POSITIONS = 16;

    private static final int FORM_BITS = 2;
    private static final int FORM_MASK = (1 << FORM_BITS) - 1;
    private static final long NOWHERE = Long.MAX_VALUE;

    private final WatchLoop loop;
    private final WatchSpec spec;
    private final WatchFilter filter;

    /** Revisions at or below it come from history. */
    private long after = Long.MAX_VALUE;

    private long @Nullable [] noted;
    private int first;
    private int count;
    private long searchFrom = NOWHERE;

    private int countAfterNext;
    private long searchFromAfterNext = NOWHERE;

    RingFeed(WatchLoop loop, WatchSpec spec, WatchFilter filter) {
        this.loop = loop;
        this.spec = spec;
        this.filter = filter;
    }

    /** Fixes up to where history is read, before anything is offered; later revisions come from here. */
    void startAfter(long revision) {
        after = revision;
    }

    boolean isEmpty() {
        return count == 0 && searchFrom == NOWHERE;
    }

    /** Notes a change where it is wanted, and returns whether that is news: what lies behind a search is none. */
    boolean offer(long position, Change change) {
        if (searchFrom != NOWHERE) {
            return false;
        }
        EventForm form = formOf(change);
        if (form == EventForm.NONE) {
            return false;
        }
        if (count == POSITIONS) {
            searchFrom = position;
            return true;
        }
        if (noted == null) {
            noted = new long[POSITIONS];
        }
        noted[(first + count) % POSITIONS] = position << FORM_BITS | form.code();
        count++;
        return true;
    }

    @Override
    public long appendNext(Message message) {
        long revision = NOTHING;
        searchFromAfterNext = searchFrom;
        for (countAfterNext = count; countAfterNext > 0; countAfterNext--) {
            long note = noteFromLast(countAfterNext);
            RingEntry entry = loop.ring().at(note >>> FORM_BITS);
            if (entry == null) {
                return EVICTED;
            }
            long of = ((Change) entry.publication()).revision();
            if (revision != NOTHING && of != revision) {
                return revision;
            }
            revision = of;
            message.add(entry.event(EventForm.ofCode((int) note & FORM_MASK)));
        }
        return searchFrom == NOWHERE ? revision : search(message, revision);
    }

    @Override
    public void advance() {
        first = (first + count - countAfterNext) % POSITIONS;
        count = countAfterNext;
        searchFrom = searchFromAfterNext;
    }

    /** Goes on where the notes end, up to the last position that the loop has dispatched, which ends a revision. */
    private long search(Message message, long begun) {
        long revision = begun;
        for (long position = searchFrom; position < loop.dispatched(); position++) {
            RingEntry entry = loop.ring().at(position);
            if (entry == null) {
                return EVICTED;
            }
            if (!(entry.publication() instanceof Change change) || !isOurs(change)) {
                continue;
            }
            EventForm form = formOf(change);
            if (form == EventForm.NONE) {
                continue;
            }
            if (revision != NOTHING && change.revision() != revision) {
                searchFromAfterNext = position;
                return revision;
            }
            revision = change.revision();
            message.add(entry.event(form));
        }
        searchFromAfterNext = NOWHERE;
        return revision;
    }

    private boolean isOurs(Change change) {
        return change.workspaceId() == spec.workspaceId() && change.typeId() == spec.typeId();
    }

    private EventForm formOf(Change change) {
        return change.revision() <= after ? EventForm.NONE : EventForm.of(change, filter, spec.ownEpoch());
    }

    private long noteFromLast(int remaining) {
        long[] notes = noted;
        if (notes == null) {
            throw new IllegalStateException("a position was noted nowhere");
        }
        return notes[(first + count - remaining) % POSITIONS];
    }
}
