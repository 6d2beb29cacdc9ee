package dev.proreus.workspace.watch;

import dev.proreus.workspace.ChangeView;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Term;

/**
 * What one subscription takes of changes that are read in order, possibly for many: those above its own position and up
 * to its own target that it wants, until it has as much as it may. One thread at a time.
 */
abstract class Share {
    private final WatchSpec spec;
    private final WatchFilter filter;
    private final long after;
    private final long through;
    private final long[] terms;
    private boolean full;
    private long reached;

    Share(WatchSpec spec, WatchFilter filter, long after, long through) {
        this.spec = spec;
        this.filter = filter;
        this.after = after;
        this.through = through;
        this.terms = filter.terms().stream().mapToLong(Term::hash).toArray();
    }

    /** Makes the share of a subscription in (after, through]. */
    static Share of(WatchSpec spec, WatchFilter filter, long after, long through) {
        return switch (spec.mode()) {
            case EVERY -> new EveryShare(spec, filter, after, through);
            case LATEST -> new LatestShare(spec, filter, after, through);
        };
    }

    WatchSpec spec() {
        return spec;
    }

    WatchFilter filter() {
        return filter;
    }

    long after() {
        return after;
    }

    long through() {
        return through;
    }

    /** Returns hashes of terms that every change which concerns it may touch; none where there are none. */
    long[] terms() {
        return terms;
    }

    /** Returns whether it takes no more. */
    boolean isFull() {
        return full;
    }

    /** Returns whether it would read the body of a change at once, were it offered now. */
    final boolean readsBody(long position, ChangeView change) {
        return readsBodies() && mayTake(position, change);
    }

    /** Takes a change where it is wanted; changes come in order of position. */
    final void offer(long position, SharedEvent event) {
        if (mayTake(position, event.change())) {
            take(position, event);
        }
    }

    private boolean mayTake(long position, ChangeView change) {
        return !full && position > after && position <= through && mayConcern(change);
    }

    /** Closes it: everything up to {@code position} was offered. */
    final Chunk close(long position) {
        return chunk(full ? reached : Math.min(position, through));
    }

    /** Returns whether it reads the body of each change that it takes, and not of some of them in the end. */
    abstract boolean readsBodies();

    abstract void take(long position, SharedEvent event);

    abstract Chunk chunk(long upTo);

    /** Says that it took all up to a position, and no more. */
    final void fillAt(long position) {
        full = true;
        reached = position;
    }

    /** Judges without reading bodies: a miss is sure. */
    private boolean mayConcern(ChangeView change) {
        if (spec.scope().losesWorkspaces(change)) {
            return true;
        }
        String name = filter.name();
        if (change.typeId() != spec.typeId() || (name != null && !name.equals(change.name()))) {
            return false;
        }
        for (long term : terms) {
            if (!change.termsNow().mayHold(term) && !change.termsBefore().mayHold(term)) {
                return false;
            }
        }
        return true;
    }

    /** The share of a subscription that is given every change. */
    private static final class EveryShare extends Share {
        private final Chunk chunk = new Chunk(Chunk.Kind.CHANGES);
        private long current = Feed.NOTHING;
        private int whole;

        EveryShare(WatchSpec spec, WatchFilter filter, long after, long through) {
            super(spec, filter, after, through);
        }

        @Override
        boolean readsBodies() {
            return true;
        }

        @Override
        void take(long position, SharedEvent event) {
            EventForm form = spec().scope().losesWorkspaces(event.change())
                    ? EventForm.COMMITTED
                    : EventForm.of(event.change(), filter(), spec().ownEpoch());
            if (form == EventForm.NONE) {
                return;
            }
            if (position != current) {
                current = position;
                whole = chunk.size();
            }
            chunk.add(event.bytes(form, spec().previous()), event.path(), position);
            if (chunk.bytes() > Limits.SHARE_BYTES && whole > 0) {
                chunk.cutTo(whole);
                fillAt(position - 1);
            }
        }

        @Override
        Chunk chunk(long upTo) {
            return chunk.reached(upTo);
        }
    }

    /** The share of a subscription that is given the newest states. */
    private static final class LatestShare extends Share {
        private final LatestPass pass;

        LatestShare(WatchSpec spec, WatchFilter filter, long after, long through) {
            super(spec, filter, after, through);
            pass = new LatestPass(spec, filter);
        }

        @Override
        boolean readsBodies() {
            return false;
        }

        @Override
        void take(long position, SharedEvent event) {
            if (!pass.take(position, event)) {
                fillAt(position - 1);
            }
        }

        @Override
        Chunk chunk(long upTo) {
            return pass.closeWithinShare(upTo);
        }
    }
}
