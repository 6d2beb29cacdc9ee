package dev.proreus.server.agent;

import dev.proreus.workspace.watch.Subscription;
import dev.proreus.workspace.watch.WatchMessage;
import dev.proreus.workspace.watch.WatchSink;
import org.jspecify.annotations.Nullable;

/** One active subscription of a session: takes what its watch gives and says it in the stream. Confined to the loop. */
final class SubscriptionFeed implements WatchSink {
    private final SubscriptionWish wish;
    private final Feeds feeds;
    private @Nullable Subscription watch;
    private boolean showing;
    private boolean stopped;
    private boolean waiting;

    /**
     * Makes a feed that waits for its watch.
     *
     * @param showing whether it begins with a snapshot
     */
    SubscriptionFeed(SubscriptionWish wish, boolean showing, Feeds feeds) {
        this.wish = wish;
        this.showing = showing;
        this.feeds = feeds;
    }

    SubscriptionWish wish() {
        return wish;
    }

    /** Returns whether the snapshot that it began with is under way. */
    boolean isShowing() {
        return showing;
    }

    /** Names the watch that feeds it. */
    void feedFrom(Subscription source) {
        watch = source;
    }

    /** Ends it: nothing is said for it any more. */
    void stop() {
        stopped = true;
        if (watch != null) {
            watch.cancel();
        }
    }

    /** Tells the watch that the transport is ready, where it was told that it is not. */
    void wake() {
        if (waiting && watch != null) {
            waiting = false;
            watch.ready();
        }
    }

    /** Asks for a bookmark at the newest revision. */
    void requestBookmark() {
        if (watch != null) {
            watch.requestBookmark();
        }
    }

    @Override
    public boolean isReady() {
        waiting = stopped || !feeds.sender().isReady();
        return !waiting;
    }

    @Override
    public void events(WatchMessage message) {
        if (!stopped) {
            feeds.sender().send(Messages.delivery(message, wish.number(), feeds.isRouted()));
            feeds.served(this);
        }
    }

    @Override
    public void snapshotBegin(long revision) {
        if (!stopped) {
            feeds.sender().send(Messages.snapshotBegin(wish.number(), revision));
        }
    }

    @Override
    public void bookmark(long revision, boolean initialDone) {
        if (!stopped) {
            feeds.sender().send(Messages.bookmark(wish.number(), revision, initialDone, feeds.incarnation()));
            if (initialDone && showing) {
                showing = false;
                feeds.shown();
            }
        }
    }

    @Override
    public void ended(RuntimeException why) {
        if (!stopped) {
            stopped = true;
            feeds.ended(this, why);
        }
    }
}
