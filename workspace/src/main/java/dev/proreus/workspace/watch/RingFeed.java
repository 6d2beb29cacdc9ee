package dev.proreus.workspace.watch;

import dev.proreus.workspace.Change;
import dev.proreus.workspace.ChangeView;
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

    /** What stands at or below this position comes from history. */
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

    /** Fixes up to where history is read, before anything is offered; what stands later comes from here. */
    void startAfter(long position) {
        after = position;
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
        return appendNext((Intake) message);
    }

    /** Appends the events of the next position, as the other does, to whatever takes them. */
    long appendNext(Intake intake) {
        long position = NOTHING;
        searchFromAfterNext = searchFrom;
        for (countAfterNext = count; countAfterNext > 0; countAfterNext--) {
            long note = noteFromLast(countAfterNext);
            RingEntry entry = loop.ring().at(note >>> FORM_BITS);
            if (entry == null) {
                return EVICTED;
            }
            long of = positionOf(entry.event().change());
            if (position != NOTHING && of != position) {
                return position;
            }
            position = of;
            intake.add(entry.event(), EventForm.ofCode((int) note & FORM_MASK));
        }
        return searchFrom == NOWHERE ? position : search(intake, position);
    }

    @Override
    public void advance() {
        first = (first + count - countAfterNext) % POSITIONS;
        count = countAfterNext;
        searchFrom = searchFromAfterNext;
    }

    /** Goes on where the notes end, up to the last entry that the loop has dispatched, which ends a position. */
    private long search(Intake intake, long begun) {
        long position = begun;
        for (long at = searchFrom; at < loop.dispatched(); at++) {
            RingEntry entry = loop.ring().at(at);
            if (entry == null) {
                return EVICTED;
            }
            if (!(entry.publication() instanceof Change change) || !isOurs(change, entry)) {
                continue;
            }
            EventForm form = formOf(change);
            if (form == EventForm.NONE) {
                continue;
            }
            if (position != NOTHING && positionOf(change) != position) {
                searchFromAfterNext = at;
                return position;
            }
            position = positionOf(change);
            intake.add(entry.event(), form);
        }
        searchFromAfterNext = NOWHERE;
        return position;
    }

    private boolean isOurs(Change change, RingEntry entry) {
        return change.typeId() == spec.typeId()
                && spec.scope().covers(change.workspaceId(), entry.event().place());
    }

    private EventForm formOf(Change change) {
        return positionOf(change) <= after ? EventForm.NONE : EventForm.of(change, filter, spec.ownEpoch());
    }

    private long positionOf(ChangeView change) {
        return spec.scope().positionOf(change);
    }

    private long noteFromLast(int remaining) {
        long[] notes = noted;
        if (notes == null) {
            throw new IllegalStateException("a position was noted nowhere");
        }
        return notes[(first + count - remaining) % POSITIONS];
    }
}
