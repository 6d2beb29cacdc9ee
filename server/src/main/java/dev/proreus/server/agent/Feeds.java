package dev.proreus.server.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The active subscriptions of a session, which share one transport. When it is ready again, those that wait are woken
 * with the one served longest ago first, so that a busy subscription never keeps a quiet one from its turn. Confined to
 * the session's loop.
 */
final class Feeds {
    private final Sender sender;
    private final String incarnation;
    private final ObjIntConsumer<RuntimeException> onEnd;
    private final Runnable onFinish;

    /** By number, the one served longest ago first. */
    private final Map<Integer, SubscriptionFeed> active = new LinkedHashMap<>();

    private boolean finishing;
    private boolean used;
    private boolean routed;

    /**
     * Makes an empty set of subscriptions.
     *
     * @param incarnation of the home workspace
     * @param onEnd is told why a subscription ended without being asked to, and its number
     * @param onFinish runs when a snapshot that {@link #finish} waits for has been given
     */
    Feeds(Sender sender, String incarnation, ObjIntConsumer<RuntimeException> onEnd, Runnable onFinish) {
        this.sender = sender;
        this.incarnation = incarnation;
        this.onEnd = onEnd;
        this.onFinish = onFinish;
    }

    Sender sender() {
        return sender;
    }

    String incarnation() {
        return incarnation;
    }

    /**
     * Adds a subscription; from the second one on, events carry routes for the rest of the session.
     *
     * @param showing whether it begins with a snapshot
     */
    SubscriptionFeed add(SubscriptionWish wish, boolean showing) {
        SubscriptionFeed feed = new SubscriptionFeed(wish, showing, this);
        routed = used;
        used = true;
        active.put(wish.number(), feed);
        return feed;
    }

    @Nullable
    SubscriptionFeed find(int number) {
        return active.get(number);
    }

    int count() {
        return active.size();
    }

    /** Returns whether a subscription with the same claim is active. */
    boolean claims(SubscriptionWish wish) {
        return active.values().stream().anyMatch(each -> each.wish().claim().equals(wish.claim()));
    }

    /** Stops and forgets a subscription. */
    void remove(SubscriptionFeed feed) {
        active.remove(feed.wish().number(), feed);
        feed.stop();
    }

    /** Wakes those that wait for the transport. */
    void wake() {
        for (SubscriptionFeed each : new ArrayList<>(active.values())) {
            if (!sender.isReady()) {
                return;
            }
            each.wake();
        }
    }

    /** Stops all but those whose first snapshot is under way, which stop after it. */
    void finish() {
        finishing = true;
        for (SubscriptionFeed each : new ArrayList<>(active.values())) {
            if (!each.isShowing()) {
                remove(each);
            }
        }
    }

    /** Goes on after the first snapshot of a subscription. */
    void shown() {
        if (finishing) {
            finish();
            onFinish.run();
        }
    }

    /** Stops all. */
    void stop() {
        List<SubscriptionFeed> all = new ArrayList<>(active.values());
        active.clear();
        all.forEach(SubscriptionFeed::stop);
    }

    /** Returns whether events need routes. */
    boolean isRouted() {
        return routed;
    }

    /** Moves a subscription behind the others: it has had its turn. */
    void served(SubscriptionFeed feed) {
        if (active.size() > 1 && active.remove(feed.wish().number(), feed)) {
            active.put(feed.wish().number(), feed);
        }
    }

    /** Forgets a subscription that ended by itself. */
    void ended(SubscriptionFeed feed, RuntimeException why) {
        active.remove(feed.wish().number(), feed);
        onEnd.accept(why, feed.wish().number());
    }
}
