package dev.proreus.agent.session;

import dev.proreus.agent.AgentPlan;
import dev.proreus.agent.pace.Delays;
import dev.proreus.agent.pace.Loop;
import dev.proreus.v1.ConnectRequest;
import dev.proreus.v1.Heartbeat;
import dev.proreus.v1.RequestBookmark;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session does by the clock: gives up on a server that does not answer, asks for bookmarks, and beats where the
 * agent shows by messages that it lives. For the loop.
 */
final class Pulse {
    private static final Duration WELCOME_TIMEOUT = Duration.ofSeconds(10);

    /** Own reports are not delivered back, so only a bookmark moves the position past them. */
    private static final Duration BOOKMARK_INTERVAL = Duration.ofSeconds(10);

    private static final Duration DRAIN_MARGIN = Duration.ofSeconds(1);
    private static final Duration LEAST_HEARTBEAT_INTERVAL = Duration.ofMillis(100);

    private final Setting setting;
    private final List<Subscription> subscriptions;
    private final AgentCall call;
    private Loop.@Nullable Timer patience;
    private Loop.@Nullable Timer bookmarks;
    private Loop.@Nullable Timer heartbeats;

    Pulse(Setting setting, List<Subscription> subscriptions, AgentCall call) {
        this.setting = setting;
        this.subscriptions = subscriptions;
        this.call = call;
    }

    /** Ends the call where Welcome does not come in time. */
    void awaitWelcome() {
        endAfter(WELCOME_TIMEOUT, "the server did not welcome the agent within " + WELCOME_TIMEOUT.toSeconds() + " s");
    }

    /** Begins to ask and to beat. */
    void welcomed(Duration heartbeatInterval) {
        cancel(patience);
        askForBookmarks();
        if (setting.plan().heartbeat() == AgentPlan.Heartbeat.MESSAGE) {
            boolean tooShort = heartbeatInterval.compareTo(LEAST_HEARTBEAT_INTERVAL) < 0;
            beat(tooShort ? LEAST_HEARTBEAT_INTERVAL : heartbeatInterval);
        }
    }

    /** Does nothing more but end the call where the server does not end it by its own deadline. */
    void leaving(Duration deadline) {
        stop();
        endAfter(
                Delays.bounded(deadline).plus(DRAIN_MARGIN),
                "the server said that it drains and did not end the session");
    }

    /** Does nothing more. */
    void stop() {
        cancel(patience);
        cancel(bookmarks);
        cancel(heartbeats);
    }

    private void endAfter(Duration delay, String why) {
        patience = setting.loop().after(delay, () -> call.cancel(why));
    }

    private void askForBookmarks() {
        bookmarks = setting.loop().after(BOOKMARK_INTERVAL, () -> {
            for (Subscription subscription : subscriptions) {
                if (subscription.state() == Subscription.State.LIVE
                        && subscription.view().isBehindOwnReports()) {
                    call.send(ConnectRequest.newBuilder()
                            .setRequestBookmark(RequestBookmark.newBuilder().setSubscription(subscription.number()))
                            .build());
                }
            }
            askForBookmarks();
        });
    }

    private void beat(Duration interval) {
        heartbeats = setting.loop().after(interval, () -> {
            call.send(ConnectRequest.newBuilder()
                    .setHeartbeat(Heartbeat.getDefaultInstance())
                    .build());
            beat(interval);
        });
    }

    private static void cancel(Loop.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
