package dev.proreus.workspace.watch;

import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import org.jspecify.annotations.Nullable;

/** How far one subscription has come, where its next events come from, and when it changes from one to the other. */
final class WatchProgress {
    /*
     * State: `cursor` is the position up to which the sink was given all that the subscription wants. It only grows,
     * but for a snapshot, which starts over. Where the events above it come from:
     *
     *   SNAPSHOT     pages of the state at a fixed position; its end puts the cursor there
     *   CATCHING_UP  history in (cursor, target], far behind; the ring is not looked at
     *   JOINING      history in (cursor, target], registered: the ring feed collects what comes after target
     *   LIVE         the ring feed
     *
     * Hand-over from history to the ring, without a gap or a duplicate. In one turn of the loop, between two walks:
     * register, then fix target = the published head. Then read (cursor, target] from history. An event that the loop
     * had dispatched before that turn was published when its position could be read as the head already, so it is
     * <= target, and history has it. An event that is dispatched later is offered to the ring feed, which takes it if
     * and only if it is > target. So each event has exactly one source, and the order holds because the feed is not
     * read until history has reached target. A target from an earlier turn would not do: what was committed and
     * dispatched between would be in neither.
     *
     * Falling back: where the ring has dropped what the feed points at, or what the loop has yet to walk, the
     * subscription unregisters and reads history from its cursor, which it first lifts: to what was dispatched while
     * nothing waits, and else to just below the first event that waits, since all dispatched before has been given. A
     * loop whose walk was cut in its midst may have done so within a position, and has dispatched all below it then.
     *
     * Passes (mode LATEST): what was noted in the ring or read in history is made a pass, one event for each object,
     * which waits as a chunk, whatever the state. The cursor stays where the pass begins until all of it was given, and
     * then moves to its end, which the last message says by a bookmark; in between there is nothing to resume from and
     * no bookmark. A begun pass is given whole even if the subscription falls back meanwhile.
     *
     * Claims: the filter is pinned by a snapshot or by where the subscription goes on, and is compared with what the
     * claims say now whenever a registered subscription is told that they moved, and right after registering; so what
     * moves while it is not registered is not missed. It is compared as well before anything that may lie above where
     * they moved and can be resumed from, a bookmark or an event of history: whoever resumes there holds what the
     * claims of then say. A snapshot asks for its filter after its position is fixed, for the same reason.
     *
     * Types: a subscription ends with its resource type, by what the loop dispatches. One that begins later, or whose
     * loop was passed over there, asks itself whether the type is there; so does one that takes what was read, since
     * history is read without the type's fields from when it is gone.
     *
     * Bounds: at most one read of history is outstanding, and none starts while the sink is not ready; what waits is
     * one share. A read that a new snapshot overtook is awaited and dropped. A step calls the sink at most once.
     *
     * Threads: all on the loop.
     */

    private static final long NOTHING_GIVEN = -1;

    private final WatchLoop loop;
    private final Watcher watch;
    private final WatchSpec spec;
    private final Outlet outlet;
    private final HistoryFeed history;
    private final boolean latest;

    private WatchState state = WatchState.STARTING;
    private WatchFilter filter = WatchFilter.every();
    private long cursor;
    private @Nullable ScopeWatches scope;
    private @Nullable SnapshotPosition snapshot;
    private @Nullable RingFeed feed;
    private @Nullable Chunk waiting;

    /** @param watch the subscription, to be told of what is noted for it */
    WatchProgress(WatchLoop loop, Watcher watch, WatchSpec spec, Outlet outlet, HistoryFeed history) {
        this.loop = loop;
        this.watch = watch;
        this.spec = spec;
        this.outlet = outlet;
        this.history = history;
        this.latest = spec.mode() == WatchMode.LATEST;
    }

    void begin(ScopeWatches entered) {
        scope = entered;
        loop.metrics().entered(state);
        checkType();
        if (spec.start() instanceof WatchStart.InitialState) {
            startSnapshot();
            return;
        }
        long newest = entered.published();
        if (spec.start() instanceof WatchStart.After after) {
            if (after.position() > newest) {
                throw Refusals.notReached(spec.scope(), after.position(), newest);
            }
            cursor = after.position();
            filter = after.filter() == null ? spec.filter().get() : after.filter();
        } else {
            cursor = newest;
            outlet.ask(newest);
            filter = spec.filter().get();
        }
        outlet.told(cursor);
        chase();
    }

    void requestBookmark() {
        outlet.ask(scope().published());
    }

    /** Takes that time has passed. */
    void tick() {
        long given = given();
        if (given > outlet.told()) {
            outlet.remind(given, scope().floor());
        }
    }

    /** Takes what a read of history brought. */
    void accept(HistoryRead read) {
        checkType();
        try {
            Chunk brought = history.accept(read);
            if (brought != null) {
                waiting = brought;
            }
        } catch (RefusedException refusal) {
            if (!spec.framed() || refusal.reason() != Reason.RESOURCE_VERSION_EXPIRED) {
                throw refusal;
            }
            startSnapshot();
        }
    }

    /** Refuses where the type is gone; where it went with the workspace, that is the reason. */
    private void checkType() {
        if (!loop.isDefined(spec.typeId())) {
            scope().published();
            throw Refusals.typeDeleted();
        }
    }

    /** Starts over where what is wanted is no longer what it was. */
    void claimsMoved() {
        startOverIfMoved();
    }

    private boolean startOverIfMoved() {
        WatchFilter now = spec.filter().get();
        if (now.equals(filter)) {
            // The same instance is compared in no time the next time.
            filter = now;
            return false;
        }
        startSnapshot();
        return true;
    }

    /** Starts over instead of telling a position that would lie above where claims moved; returns whether it does. */
    private boolean startsOverBefore(long position) {
        boolean told = feed != null && position <= scope().dispatched();
        return !told && startOverIfMoved();
    }

    /**
     * Falls back to history because the ring dropped entries before the loop walked them. One of them may have been the
     * end of its scope, of which nothing else would tell it while its sink takes nothing.
     */
    void passedOver() {
        scope().published();
        checkType();
        if (state == WatchState.JOINING) {
            unregister();
            become(WatchState.CATCHING_UP);
        } else if (state == WatchState.LIVE) {
            loop.metrics().fellBack();
            long whole = scope().dispatched() - (loop.walk().isCut() ? 1 : 0);
            cursor = isDrained() ? Math.max(cursor, whole) : belowWhatWaits();
            unregister();
            chase();
        }
    }

    boolean isLive() {
        return state == WatchState.LIVE;
    }

    /** Returns whether it has something to give, and its sink takes nothing. */
    boolean isHeld() {
        return state != WatchState.STARTING && !outlet.isReady() && (state != WatchState.LIVE || !isDrained());
    }

    /** Returns whether a bookmark waits for positions that are published and not yet in the ring. */
    boolean awaitsDispatch() {
        return outlet.owesBookmarks() && state == WatchState.LIVE && isDrained() && outlet.owesAbove(given());
    }

    /** Lets go of everything. */
    void stop() {
        unregister();
        waiting = null;
        history.startOver();
        snapshot = null;
        if (scope != null) {
            loop.metrics().left(state);
        }
    }

    /** Does the next thing that can be done now, and returns whether there may be another. */
    boolean step() {
        if (outlet.owesBookmarks() && outlet.isReady()) {
            long given = given();
            if (given != NOTHING_GIVEN && outlet.owes(given)) {
                stepBookmark(given);
                return true;
            }
        }
        return switch (state) {
            case STARTING -> false;
            case SNAPSHOT -> stepSnapshot(position());
            case CATCHING_UP, JOINING -> stepHistory();
            case LIVE -> stepLive();
        };
    }

    private void stepBookmark(long given) {
        if (!startsOverBefore(given)) {
            cursor = given;
            outlet.giveBookmark(given, false);
        }
    }

    private boolean stepSnapshot(SnapshotPosition shown) {
        Chunk chunk = waiting;
        if (chunk != null && chunk.isEmpty()) {
            shown.move(chunk.next());
            waiting = null;
            return true;
        }
        if (!outlet.isReady()) {
            return false;
        }
        if (shown.opens()) {
            if (spec.framed()) {
                outlet.snapshotBegin(shown.position());
            }
            return true;
        }
        if (chunk != null) {
            outlet.give(chunk.nextMessage(outlet.shape()));
            return true;
        }
        SnapshotPosition.Page page = shown.next();
        if (page != null) {
            history.readStates(filter, shown, page);
            return false;
        }
        snapshot = null;
        cursor = shown.position();
        chase();
        outlet.giveBookmark(shown.position(), true);
        return true;
    }

    private boolean stepHistory() {
        Chunk chunk = waiting;
        if (chunk != null) {
            return stepChunk(chunk);
        }
        if (cursor >= history.target()) {
            if (state == WatchState.JOINING) {
                become(WatchState.LIVE);
            } else {
                chase();
            }
            return true;
        }
        if (outlet.isReady()) {
            history.readChanges(filter, cursor);
        }
        return false;
    }

    private boolean stepLive() {
        Chunk pass = waiting;
        if (pass != null) {
            return stepChunk(pass);
        }
        RingFeed ring = feed;
        if (ring == null || ring.isEmpty() || !outlet.isReady()) {
            return false;
        }
        if (latest) {
            pass = LatestPass.ofRing(ring, filter, spec, Math.max(cursor, scope().dispatched()));
            if (pass == null) {
                fallBack();
            } else {
                waiting = pass;
            }
            return true;
        }
        Message message = ring.nextMessage(outlet.shape());
        if (message.isEmpty()) {
            fallBack();
        } else {
            give(message, message.through());
        }
        return true;
    }

    /** Gives the next message of a chunk. A pass is nothing to resume from before it was given whole. */
    private boolean stepChunk(Chunk chunk) {
        if (chunk.isEmpty()) {
            cursor = chunk.reached();
            waiting = null;
            chunk.release();
            return true;
        }
        if (!outlet.isReady()) {
            return false;
        }
        Message message = chunk.nextMessage(outlet.shape());
        if (chunk.kind() == Chunk.Kind.CHANGES) {
            if (!startsOverBefore(message.through())) {
                give(message, message.through());
            }
        } else if (!chunk.isEmpty()) {
            outlet.give(message);
        } else if (!startsOverBefore(chunk.reached())) {
            waiting = null;
            cursor = chunk.reached();
            outlet.giveWithBookmark(message, cursor);
        }
        return true;
    }

    private void give(Message message, long through) {
        cursor = through;
        outlet.give(message, through);
    }

    private void startSnapshot() {
        unregister();
        waiting = null;
        history.startOver();
        snapshot = new SnapshotPosition(spec.scope(), scope().published());
        filter = spec.filter().get();
        become(WatchState.SNAPSHOT);
    }

    /** Reads on from the cursor: up to the head, and where that is near, so that the ring takes over there. */
    private void chase() {
        long published = scope().published();
        history.aim(published);
        become(WatchState.CATCHING_UP);
        if (published - cursor <= loop.joinDistance()) {
            join();
        }
    }

    private void join() {
        RingFeed collecting = new RingFeed(loop.walk(), watch, scope().scope(), spec, filter);
        feed = collecting;
        loop.walk().follow();
        scope().register(collecting, spec.typeId(), filter);
        if (startOverIfMoved()) {
            return;
        }
        become(WatchState.JOINING);
        long published = scope().published();
        history.aim(published);
        collecting.startAfter(published);
    }

    /** Reads history again, because the ring has dropped what comes next. */
    private void fallBack() {
        loop.metrics().fellBack();
        cursor = belowWhatWaits();
        unregister();
        chase();
    }

    private void become(WatchState next) {
        loop.metrics().left(state);
        state = next;
        loop.metrics().entered(next);
    }

    private void unregister() {
        RingFeed gone = feed;
        if (gone != null) {
            feed = null;
            loop.walk().unfollow();
            scope().unregister(gone, spec.typeId(), filter);
        }
    }

    /** Returns the position up to which the sink was given everything. */
    private long given() {
        Chunk chunk = waiting;
        if (chunk != null && chunk.kind() == Chunk.Kind.PASS && chunk.isBegun()) {
            return NOTHING_GIVEN;
        }
        return switch (state) {
            case STARTING, SNAPSHOT -> NOTHING_GIVEN;
            case CATCHING_UP, JOINING -> cursor;
            case LIVE -> isDrained() ? Math.max(cursor, scope().dispatched()) : belowWhatWaits();
        };
    }

    /** Returns the cursor while something waits: all that was dispatched before it has been given, or is the pass. */
    private long belowWhatWaits() {
        RingFeed ring = feed;
        if (waiting != null || ring == null || ring.isEmpty()) {
            return cursor;
        }
        return Math.max(cursor, ring.firstWaiting() - 1);
    }

    private boolean isDrained() {
        return waiting == null && (feed == null || feed.isEmpty());
    }

    private ScopeWatches scope() {
        if (scope == null) {
            throw new IllegalStateException("it has not begun");
        }
        return scope;
    }

    private SnapshotPosition position() {
        if (snapshot == null) {
            throw new IllegalStateException("it shows no snapshot");
        }
        return snapshot;
    }

    @Override
    public String toString() {
        return state + " after " + cursor;
    }
}
