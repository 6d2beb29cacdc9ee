package dev.proreus.agent.session;

import dev.proreus.agent.AgentHealth;
import dev.proreus.agent.AgentObject;
import dev.proreus.agent.AgentPlan;
import dev.proreus.agent.Handler;
import dev.proreus.agent.pace.Backoff;
import dev.proreus.agent.pace.Loop;
import dev.proreus.agent.reconcile.ObjectKey;
import dev.proreus.agent.reconcile.StatusReport;
import dev.proreus.agent.view.Changes;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An agent's sessions, one after another: connects, and again whenever a session is lost, until it is stopped or
 * superseded.
 *
 * <p>Every try has a connection of its own: a connection that failed keeps its own delays, and this class has better
 * ones. After a session that held for a while the delays start anew, so that a restarted server is found at once, and
 * one that ends every session is not hammered. For the loop.
 */
public final class Sessions {
    /** A session that held so long was a good one: the next delays start from the first. */
    private static final Duration GOOD = Duration.ofSeconds(5);

    private enum State {
        WAITING,
        CONNECTED,
        STOPPED
    }

    private final Setting setting;
    private final Supplier<ManagedChannel> channels;
    private final SessionEvents events;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private State state = State.WAITING;
    private String trouble = "not connected yet";
    private int failures;
    private long epoch;
    private @Nullable LiveSession live;
    private @Nullable Runnable whenFinished;

    /**
     * Makes the sessions of an agent.
     *
     * @param plan what the agent is and does
     * @param instance random name of this process's agent
     * @param channels makes a connection for each try
     * @param loop the agent's thread
     * @param backoff the delays between tries
     * @param events who is told
     */
    public Sessions(
            AgentPlan plan,
            String instance,
            Supplier<ManagedChannel> channels,
            Loop loop,
            Backoff backoff,
            SessionEvents events) {
        this.setting = new Setting(plan, instance, loop, backoff);
        this.channels = channels;
        this.events = events;
        for (Handler handler : plan.handlers()) {
            subscriptions.add(new Subscription(subscriptions.size(), handler, plan.workspace()));
        }
    }

    /** Begins the first session. */
    public void connect() {
        if (state != State.WAITING || live != null) {
            return;
        }
        Ends ends = new Ends();
        ManagedChannel channel;
        try {
            channel = channels.get();
        } catch (RuntimeException e) {
            ends.ended(new Refusal(
                    "INVALID_ARGUMENT", "BAD_TARGET", "'" + setting.plan().target() + "': " + e.getMessage()));
            return;
        }
        live = LiveSession.open(setting, subscriptions, channel, ends);
    }

    /** Returns an object as the agent knows it: what the server said, and the newest report on top. */
    public Optional<AgentObject> newest(ObjectKey key) {
        return subscriptions.get(key.handler()).newest(key.name());
    }

    /** Returns whether all that was reported about an object is durable. */
    public boolean isReported(ObjectKey key) {
        return subscriptions.get(key.handler()).outbox().newest(key.name()).isEmpty();
    }

    /** Sends a report as soon as it can be, in place of an older one that still waits. */
    public void report(ObjectKey key, StatusReport report) {
        subscriptions.get(key.handler()).outbox().offer(report);
        flush();
    }

    /** Acknowledges a generation, once in a session. */
    public void accept(ObjectKey key, String uid, long generation) {
        subscriptions.get(key.handler()).outbox().accept(key.name(), uid, generation);
        flush();
    }

    /** Returns the epoch of the newest session; 0 before the first. */
    public long epoch() {
        return epoch;
    }

    /** Returns whether there is a session and every claim is held, and if not, why. */
    public AgentHealth health() {
        if (state != State.CONNECTED) {
            return AgentHealth.red(trouble);
        }
        for (Subscription subscription : subscriptions) {
            if (!subscription.isHeld()) {
                String why = subscription.refusal().isEmpty() ? "not answered yet" : subscription.refusal();
                return AgentHealth.red("claim on " + subscription.handler().type() + " is not held: " + why);
            }
        }
        return AgentHealth.green();
    }

    /** Ends the session in peace: what waits is sent and answered first. Where there is no session, at once. */
    public void finish(Runnable whenDone) {
        if (state == State.STOPPED) {
            whenDone.run();
            return;
        }
        whenFinished = whenDone;
        if (live != null && state == State.CONNECTED) {
            live.finish();
        } else {
            stop("closed");
        }
    }

    /** Ends everything at once. */
    public void stop(String why) {
        if (state == State.STOPPED) {
            return;
        }
        state = State.STOPPED;
        trouble = why;
        if (live != null) {
            live.cancel(why);
            live = null;
        }
        events.healthMoved();
        if (whenFinished != null) {
            whenFinished.run();
        }
    }

    private void flush() {
        if (live != null) {
            live.flush();
        }
    }

    private final class Ends implements LiveSession.Owner {
        private long since;

        @Override
        public void welcomed(LiveSession.Greeting greeting) {
            since = setting.loop().nanoTime();
            state = State.CONNECTED;
            epoch = greeting.epoch();
            events.healthMoved();
            events.connected(greeting.session(), greeting.epoch(), greeting.resumed());
        }

        @Override
        public void superseded(String why) {
            stop("superseded: " + why);
            events.superseded(why);
        }

        @Override
        public void ended(Refusal why) {
            live = null;
            subscriptions.forEach(Subscription::disconnected);
            if (whenFinished != null) {
                stop("closed");
                return;
            }
            boolean good = state == State.CONNECTED && setting.loop().nanoTime() - since >= GOOD.toNanos();
            failures = good ? 0 : failures;
            Duration retry = setting.backoff().delay(failures++);
            state = State.WAITING;
            trouble = "not connected: " + why;
            setting.loop().after(retry, Sessions.this::connect);
            events.healthMoved();
            events.disconnected(why, retry);
        }

        @Override
        public void changed(Subscription subscription, Changes changes) {
            if (changes.newHistory()) {
                subscription.outbox().forgetAll();
            }
            changes.gone().forEach(subscription.outbox()::forget);
            events.changed(subscription.index(), changes);
        }

        @Override
        public void refused(Subscription subscription, Refusal why, Duration retry) {
            events.healthMoved();
            events.refused(subscription.handler(), why, retry);
        }

        @Override
        public SessionEvents events() {
            return events;
        }
    }
}
