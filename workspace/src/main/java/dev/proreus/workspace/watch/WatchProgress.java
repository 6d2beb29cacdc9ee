package dev.proreus.workspace.watch;

import dev.proreus.workspace.Change;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import org.jspecify.annotations.Nullable;

/** How far one subscription has come, where its next events come from, and when it changes from one to the other. */
final class WatchProgress {
    /*
     * State: `cursor` is the revision up to which the sink was given all that the subscription wants. It only grows,
     * but for a snapshot, which starts over. Where the events above it come from:
     *
     *   SNAPSHOT     pages of the state at a fixed revision; its end puts the cursor there
     *   CATCHING_UP  history in (cursor, target], far behind; the ring is not looked at
     *   JOINING      history in (cursor, target], registered: the ring feed collects what comes after target
     *   LIVE         the ring feed
     *
     * Hand-over from history to the ring, without a gap or a duplicate. In one turn of the loop, between two walks:
     * register, then fix target = the published head. Then read (cursor, target] from history. An event that the loop
     * had dispatched before that turn was published when its revision could be read as the head already, so it is
     * <= target, and history has it. An event that is dispatched later is offered to the ring feed, which takes it if
     * and only if it is > target. So each event has exactly one source, and the order holds because the feed is not
     * read until history has reached target. A target from an earlier turn would not do: what was committed and
     * dispatched between would be in neither.
     *
     * Falling back: where the ring has dropped what the feed points at, or what the loop has yet to walk, the
     * subscription unregisters and reads history from its cursor, which therefore must be right at any time. While the
     * feed is empty everything dispatched has been given, so an event that enters an empty feed first lifts the cursor
     * to just below it. A loop that was passed over in the midst of a revision has dispatched all below that revision,
     * not all of it.
     *
     * Claims: the filter is pinned by a snapshot, and is compared with what the claims say now whenever a registered
     * subscription is told that they moved, and right after registering; so what moves while it is not registered is
     * not missed.
     *
     * Bounds: at most one read of history is outstanding, and none starts while the sink is not ready. A read that a
     * new snapshot overtook is awaited and dropped. A step calls the sink at most once.
     *
     * Threads: all on the loop.
     */

    private static final long NOTHING_GIVEN = -1;

    private enum State {
        STARTING,
        SNAPSHOT,
        CATCHING_UP,
        JOINING,
        LIVE
    }

    private final WatchLoop loop;
    private final RunningWatch watch;
    private final WatchSpec spec;
    private final WatchSink sink;
    private final HistoryFeed history;
    private final BookmarkWishes bookmarks = new BookmarkWishes();

    private State state = State.STARTING;
    private WatchFilter filter = WatchFilter.every();
    private long cursor;
    private long target;
    private @Nullable WorkspaceWatches workspace;
    private @Nullable SnapshotPosition snapshot;
    private @Nullable RingFeed feed;

    WatchProgress(WatchLoop loop, RunningWatch watch, WatchSpec spec, WatchSink sink) {
        this.loop = loop;
        this.watch = watch;
        this.spec = spec;
        this.sink = sink;
        this.history = new HistoryFeed(loop, watch, spec);
    }

    void begin(WorkspaceWatches entered) {
        workspace = entered;
        if (!(spec.start() instanceof WatchStart.AfterRevision after)) {
            startSnapshot();
            return;
        }
        long newest = loop.publishedRevision(spec.workspaceId());
        if (after.revision() > newest) {
            throw Refusals.notReached(after.revision(), newest);
        }
        filter = spec.filter().get();
        cursor = after.revision();
        chase();
    }

    void requestBookmark() {
        bookmarks.ask(loop.publishedRevision(spec.workspaceId()));
    }

    /** Takes what a read of history brought. */
    void accept(HistoryRead read) {
        try {
            history.accept(read);
        } catch (RefusedException refusal) {
            if (!spec.framed() || refusal.reason() != Reason.RESOURCE_VERSION_EXPIRED) {
                throw refusal;
            }
            startSnapshot();
        }
    }

    /** Takes a change that the ring shows, and returns whether that makes something to do. */
    boolean offer(long position, Change change) {
        if (feed == null) {
            return false;
        }
        boolean wasEmpty = feed.isEmpty();
        boolean taken = feed.offer(position, change);
        if (taken && wasEmpty && state == State.LIVE) {
            cursor = Math.max(cursor, change.revision() - 1);
        }
        return taken;
    }

    /** Starts over where what is wanted is no longer what it was. */
    void claimsMoved() {
        if (!spec.filter().get().equals(filter)) {
            startSnapshot();
        }
    }

    /** Falls back to history because the ring dropped entries before the loop walked them. */
    void passedOver() {
        if (state == State.JOINING) {
            unregister();
            state = State.CATCHING_UP;
        } else if (state == State.LIVE) {
            if (isDrained()) {
                cursor = Math.max(cursor, dispatchedRevision() - 1);
            }
            unregister();
            chase();
        }
    }

    boolean isLive() {
        return state == State.LIVE;
    }

    /** Returns whether a bookmark waits for revisions that are published and not yet in the ring. */
    boolean awaitsDispatch() {
        return state == State.LIVE && isDrained() && bookmarks.isDueAbove(given());
    }

    /** Lets go of everything. */
    void stop() {
        unregister();
        history.startOver();
        snapshot = null;
    }

    /** Does the next thing that can be done now, and returns whether there may be another. */
    boolean step() {
        if (bookmarks.isDue(given()) && sink.isReady()) {
            cursor = given();
            giveBookmark(cursor, false);
            return true;
        }
        return switch (state) {
            case STARTING -> false;
            case SNAPSHOT -> stepSnapshot(position());
            case CATCHING_UP, JOINING -> stepHistory();
            case LIVE -> stepLive();
        };
    }

    private boolean stepSnapshot(SnapshotPosition position) {
        Chunk page = history.chunk();
        if (page != null && page.isEmpty()) {
            position.move(page);
            history.dropChunk();
            return true;
        }
        if (!sink.isReady()) {
            return false;
        }
        if (position.opens()) {
            if (spec.framed()) {
                sink.snapshotBegin(position.revision());
            }
            return true;
        }
        if (page != null) {
            sink.events(Message.from(page).events());
            return true;
        }
        if (!position.isComplete()) {
            history.readStates(filter, position.revision(), position.afterName());
            return false;
        }
        snapshot = null;
        cursor = position.revision();
        chase();
        giveBookmark(position.revision(), true);
        return true;
    }

    private boolean stepHistory() {
        Chunk chunk = history.chunk();
        if (chunk != null && chunk.isEmpty()) {
            cursor = chunk.reached();
            history.dropChunk();
            return true;
        }
        if (chunk == null && cursor >= target) {
            if (state == State.JOINING) {
                state = State.LIVE;
            } else {
                chase();
            }
            return true;
        }
        if (!sink.isReady()) {
            return false;
        }
        if (chunk == null) {
            history.readChanges(filter, cursor, target);
            return false;
        }
        give(Message.from(chunk));
        return true;
    }

    private boolean stepLive() {
        RingFeed ring = feed;
        if (ring == null || ring.isEmpty() || !sink.isReady()) {
            return false;
        }
        Message message = Message.from(ring);
        if (message.isEmpty()) {
            unregister();
            chase();
        } else {
            give(message);
        }
        return true;
    }

    private void give(Message message) {
        cursor = message.through();
        sink.events(message.events());
    }

    private void giveBookmark(long revision, boolean initialDone) {
        bookmarks.given(revision);
        sink.bookmark(revision, initialDone);
    }

    private void startSnapshot() {
        unregister();
        history.startOver();
        filter = spec.filter().get();
        snapshot = new SnapshotPosition(loop.publishedRevision(spec.workspaceId()));
        state = State.SNAPSHOT;
    }

    /** Reads on from the cursor: up to the head, and where that is near, so that the ring takes over there. */
    private void chase() {
        target = loop.publishedRevision(spec.workspaceId());
        state = State.CATCHING_UP;
        if (target - cursor <= loop.joinRevisions()) {
            join();
        }
    }

    private void join() {
        RingFeed collecting = new RingFeed(loop, spec, filter);
        feed = collecting;
        entered().register(watch, spec.typeId(), filter);
        if (!spec.filter().get().equals(filter)) {
            startSnapshot();
            return;
        }
        state = State.JOINING;
        target = loop.publishedRevision(spec.workspaceId());
        collecting.startAfter(target);
    }

    private void unregister() {
        if (feed != null) {
            feed = null;
            entered().unregister(watch, spec.typeId(), filter);
        }
    }

    /** Returns the revision up to which the sink was given everything. */
    private long given() {
        return switch (state) {
            case STARTING, SNAPSHOT -> NOTHING_GIVEN;
            case CATCHING_UP, JOINING -> cursor;
            case LIVE -> isDrained() ? Math.max(cursor, dispatchedRevision()) : cursor;
        };
    }

    private boolean isDrained() {
        return feed == null || feed.isEmpty();
    }

    private long dispatchedRevision() {
        return entered().dispatchedRevision();
    }

    private WorkspaceWatches entered() {
        if (workspace == null) {
            throw new IllegalStateException("it has not begun");
        }
        return workspace;
    }

    private SnapshotPosition position() {
        if (snapshot == null) {
            throw new IllegalStateException("it shows no snapshot");
        }
        return snapshot;
    }

    @Override
    public String toString() {
        return state + " after revision " + cursor;
    }
}
