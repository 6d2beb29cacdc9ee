package dev.proreus.workspace.watch;

import java.time.Duration;

/** What the sink of one subscription was given and told, and the bookmarks that it is owed. Confined to the loop. */
final class Outlet {
    /** A quiet subscription is told this often how far it has come, so that its client can resume from there. */
    private static final long BOOKMARK_NANOS = Duration.ofMinutes(1).toNanos();

    private final WatchLoop loop;
    private final WatchSink sink;
    private final Message.Shape shape;
    private BookmarkWishes owed = BookmarkWishes.NONE;
    private boolean reminderOwed;
    private long told;
    private long toldAt;

    Outlet(WatchLoop loop, WatchSpec spec, WatchSink sink) {
        this.loop = loop;
        this.sink = sink;
        this.shape = Message.Shape.of(spec);
    }

    boolean isReady() {
        return sink.isReady();
    }

    /** Returns what messages for it look like. */
    Message.Shape shape() {
        return shape;
    }

    /** Asks for a bookmark at a position or above. */
    void ask(long position) {
        owed = owed.ask(position);
    }

    /** Returns whether any bookmark is owed. */
    boolean owesBookmarks() {
        return reminderOwed || !owed.isEmpty();
    }

    /** Returns whether a bookmark at a position, up to which everything was given, is owed. */
    boolean owes(long position) {
        return reminderOwed || owed.isDue(position);
    }

    /** Returns whether a bookmark is owed only above a position. */
    boolean owesAbove(long position) {
        return owed.isDueAbove(position);
    }

    /** Takes that the client knows that it has everything up to a position. */
    void told(long position) {
        told = position;
        toldAt = loop.now();
    }

    /** Returns the newest position that the client knows. */
    long told() {
        return told;
    }

    /**
     * Has a bookmark owed, at wherever it stands, where the client was told nothing for a while, or what it was told
     * last comes near what can no longer be read: half of what there is is left to it then.
     *
     * @param given the position up to which it was given everything, which it does not know yet
     * @param floor the oldest position that can be read on from
     */
    void remind(long given, long floor) {
        long half = floor + (given - floor) / 2;
        if (loop.now() - toldAt >= BOOKMARK_NANOS || told < half) {
            reminderOwed = true;
        }
    }

    void snapshotBegin(long position) {
        sink.snapshotBegin(position);
    }

    /** Gives a part of a snapshot or of a pass, which is nothing to resume from. */
    void give(Message part) {
        send(part, WatchMessage.NO_BOOKMARK);
    }

    /**
     * Gives events, with which everything up to a position was given. Their revisions tell that to who watches one
     * workspace; over a subtree only a bookmark does.
     */
    void give(Message message, long through) {
        if (!shape.routed()) {
            told(through);
        }
        send(message, WatchMessage.NO_BOOKMARK);
    }

    /** Gives events that say themselves, by a bookmark, that everything up to a position was given. */
    void giveWithBookmark(Message message, long position) {
        note(position);
        send(message, position);
    }

    /** Gives a bookmark; {@code initialDone} closes a snapshot. */
    void giveBookmark(long position, boolean initialDone) {
        note(position);
        sink.bookmark(position, initialDone);
    }

    private void note(long bookmark) {
        owed = owed.given(bookmark);
        reminderOwed = false;
        told(bookmark);
        loop.metrics().bookmarked();
    }

    private void send(Message message, long bookmark) {
        loop.tally().add(message);
        sink.events(message.close(bookmark));
    }
}
