package dev.proreus.workspace.watch;

import dev.proreus.workspace.Change;
import dev.proreus.workspace.ChangeView;
import dev.proreus.workspace.Scope;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What waits in the ring for one registered subscription: the positions of a few matching events, and where those found
 * no room, the position from which on the ring itself is searched. So a burst costs a subscription no memory and no
 * history, as long as the ring still has it. Confined to the subscription's loop.
 */
final class RingFeed extends Feeds implements Feed {
    /** Positions noted for one subscription: past a few, searching the ring from there is as cheap. */
    static final int POSITIONS = 16;

    private static final int FORM_BITS = 2;
    private static final int FORM_MASK = (1 << FORM_BITS) - 1;
    private static final long NOWHERE = Long.MAX_VALUE;

    private final RingWalk walk;
    private final Watcher watch;
    private final Scope scope;

    /** The one name that is wanted, where nothing else decides. */
    private final @Nullable String onlyName;

    /** What is left to ask where the name is right. */
    private final WatchFilter filter;

    private final int typeId;
    private final long ownEpoch;

    /** What stands at or below this position comes from history. */
    private long after = Long.MAX_VALUE;

    private long firstWaiting;

    /** The oldest note stands here, since mostly there is but one; those behind it in turn in an array. */
    private long oldest;

    private long @Nullable [] behind;
    private int firstBehind;
    private int count;
    private long searchFrom = NOWHERE;

    private int countAfterNext;
    private long searchFromAfterNext = NOWHERE;
    private int slot;

    RingFeed(RingWalk walk, Watcher watch, Scope scope, WatchSpec spec, WatchFilter filter) {
        this.walk = walk;
        this.watch = watch;
        this.scope = scope;
        this.onlyName = filter.byNameAlone() ? filter.name() : null;
        this.filter = onlyName == null ? filter : WatchFilter.every();
        this.typeId = spec.typeId();
        this.ownEpoch = spec.ownEpoch();
    }

    @Override
    void copyTo(Collection<Watcher> all) {
        all.add(watch);
    }

    /** Returns its place among the feeds behind the same key of the index. */
    int slot() {
        return slot;
    }

    void slot(int taken) {
        slot = taken;
    }

    /** Fixes up to where history is read, before anything is offered; what stands later comes from here. */
    void startAfter(long position) {
        after = position;
    }

    /** Returns the position of what came first after it was empty last; it is not empty. */
    long firstWaiting() {
        return firstWaiting;
    }

    boolean isEmpty() {
        return count == 0 && searchFrom == NOWHERE;
    }

    /**
     * Takes a change that the ring shows, where it is wanted, and tells its subscription where that is news. One of
     * which that cannot be said ends the subscription, before it is given anything that stands later.
     */
    @Override
    void offer(long position, Change change) {
        try {
            if (note(position, change)) {
                watch.wanted();
            }
        } catch (RuntimeException | Error e) {
            watch.breakOff(e);
        }
    }

    /** Notes a change where it is wanted, and returns whether that is news: what lies behind a search is none. */
    private boolean note(long position, Change change) {
        if (searchFrom != NOWHERE) {
            return false;
        }
        EventForm form = formOf(change);
        if (form == EventForm.NONE) {
            return false;
        }
        if (isNoted(position)) {
            return false;
        }
        if (count == 0) {
            firstWaiting = positionOf(change);
        }
        if (count == POSITIONS) {
            searchFrom = position;
            return true;
        }
        append(position << FORM_BITS | form.code());
        return true;
    }

    private void append(long note) {
        if (count == 0) {
            oldest = note;
        } else {
            if (behind == null) {
                behind = new long[POSITIONS];
            }
            behind[(firstBehind + count - 1) % POSITIONS] = note;
        }
        count++;
    }

    /** Two terms of one object may look the same to the index, which then finds the subscription by both. */
    private boolean isNoted(long position) {
        return count > 0 && noteFromLast(1) >>> FORM_BITS == position;
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
            RingEntry entry = walk.at(note >>> FORM_BITS);
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
        if (countAfterNext > 0) {
            oldest = noteFromLast(countAfterNext);
            firstBehind = (firstBehind + count - countAfterNext) % POSITIONS;
        }
        count = countAfterNext;
        searchFrom = searchFromAfterNext;
    }

    /** Goes on where the notes end, up to the last entry that was dispatched, which ends a position. */
    private long search(Intake intake, long begun) {
        long position = begun;
        for (long at = searchFrom; at < walk.position(); at++) {
            RingEntry entry = walk.at(at);
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
        return (change.typeId() == typeId || scope.losesWorkspaces(change))
                && scope.covers(change.workspaceId(), entry.event().place());
    }

    private EventForm formOf(Change change) {
        if (scope.losesWorkspaces(change)) {
            return positionOf(change) > after ? EventForm.COMMITTED : EventForm.NONE;
        }
        boolean named = onlyName == null || onlyName.equals(change.name());
        return named && positionOf(change) > after ? EventForm.of(change, filter, ownEpoch) : EventForm.NONE;
    }

    private long positionOf(ChangeView change) {
        return scope.positionOf(change);
    }

    private long noteFromLast(int remaining) {
        if (remaining == count) {
            return oldest;
        }
        long[] notes = behind;
        if (notes == null) {
            throw new IllegalStateException("a position was noted nowhere");
        }
        return notes[(firstBehind + count - remaining - 1) % POSITIONS];
    }
}
