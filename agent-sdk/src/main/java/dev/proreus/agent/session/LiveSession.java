package dev.proreus.agent.session;

import dev.proreus.agent.AgentListener;
import dev.proreus.agent.AgentPlan;
import dev.proreus.agent.view.Changes;
import dev.proreus.agent.view.Position;
import dev.proreus.agent.view.ViewEvent;
import dev.proreus.v1.Bookmark;
import dev.proreus.v1.ConnectRequest;
import dev.proreus.v1.ConnectResponse;
import dev.proreus.v1.Delivery;
import dev.proreus.v1.Drain;
import dev.proreus.v1.HeartbeatMode;
import dev.proreus.v1.Hello;
import dev.proreus.v1.Problem;
import dev.proreus.v1.Resume;
import dev.proreus.v1.Subscribe;
import dev.proreus.v1.SubscriptionState;
import dev.proreus.v1.Superseded;
import dev.proreus.v1.Welcome;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One session, from Hello to its end.
 *
 * <p>State: the call, the subscriptions by their numbers in this session, the reports without an answer, and whether
 * the session still takes reports (not before Welcome, and no more once it drains). A subscription sends reports only
 * while it is live: during a snapshot nobody knows yet which of its objects exist.
 *
 * <p>Bounded: reports under way by the server's limit, asking for a refused claim by growing delays. For the loop.
 */
final class LiveSession implements AgentCall.Owner {
    /** Who is told what happens in the session. */
    interface Owner {
        /** The server has answered Hello. */
        void welcomed(Greeting greeting);

        /** A newer instance has taken over. */
        void superseded(String why);

        /** The session is over; the last that is heard of it. */
        void ended(Refusal why);

        /** A view has changed. */
        void changed(Subscription subscription, Changes changes);

        /** A subscription was refused or has ended. */
        void refused(Subscription subscription, Refusal why, Duration retry);

        /** Who is told the rest. */
        SessionEvents events();
    }

    /** What Welcome said. */
    record Greeting(String session, long epoch, List<AgentListener.Resumed> resumed) {}

    static final String SDK = "java/0.1.0";

    private final Setting setting;
    private final List<Subscription> subscriptions;
    private final Owner owner;
    private final Map<Integer, Subscription> byNumber = new HashMap<>();
    private final Routing routing = new Routing(byNumber);
    private final Reports reports;
    private final AgentCall call;
    private final Pulse pulse;
    private int numbers;
    private boolean welcomed;
    private boolean finishing;
    private boolean leaving;
    private boolean over;
    private String incarnation = "";

    private LiveSession(Setting setting, List<Subscription> subscriptions, ManagedChannel channel, Owner owner) {
        this.setting = setting;
        this.subscriptions = subscriptions;
        this.owner = owner;
        this.reports = new Reports(setting, subscriptions, owner.events(), this::flush);
        this.call = AgentCall.open(channel, setting.loop(), this);
        this.pulse = new Pulse(setting, subscriptions, call);
    }

    /** Connects and says Hello; the owner hears of the rest later. */
    static LiveSession open(Setting setting, List<Subscription> subscriptions, ManagedChannel channel, Owner owner) {
        LiveSession session = new LiveSession(setting, subscriptions, channel, owner);
        session.hello();
        return session;
    }

    /** Sends what waits, as far as it can be sent now. */
    void flush() {
        if (welcomed && !leaving && !over) {
            reports.flush(call);
            if (finishing && reports.areSettled()) {
                leave();
            }
        }
    }

    /** Says goodbye once all reports are answered. */
    void finish() {
        finishing = true;
        flush();
    }

    /** Ends the session at once; the owner hears no more of it. */
    void cancel(String why) {
        over();
        call.cancel(why);
    }

    @Override
    public void ready(AgentCall from) {
        flush();
    }

    @Override
    public void ended(AgentCall from, Refusal why) {
        if (over) {
            return;
        }
        over();
        if (why.forGood()) {
            owner.superseded(why.message());
        } else {
            owner.ended(why);
        }
    }

    @Override
    public void received(AgentCall from, ConnectResponse message) {
        if (over) {
            return;
        }
        switch (message.getMessageCase()) {
            case WELCOME -> welcome(message.getWelcome());
            case SUBSCRIPTION_STATE -> subscriptionState(message.getSubscriptionState());
            case SNAPSHOT_BEGIN ->
                find(message.getSnapshotBegin().getSubscription()).ifPresent(Subscription::beginSnapshot);
            case DELIVERY -> deliver(message.getDelivery());
            case BOOKMARK -> bookmark(message.getBookmark());
            case REPORT_RESULTS -> message.getReportResults().getResultsList().forEach(reports::answered);
            case DRAIN -> drain(message.getDrain());
            case SUPERSEDED -> superseded(message.getSuperseded());
            case PROBLEM -> problem(message.getProblem());
            case SLOTS, MESSAGE_NOT_SET -> {
                // Of a newer server: nothing that this version acts upon.
            }
        }
        flush();
    }

    private void hello() {
        AgentPlan plan = setting.plan();
        Hello.Builder hello = Hello.newBuilder()
                .setWorkspace(plan.workspace())
                .setAgent(plan.name())
                .setInstance(setting.instance())
                .setSdk(SDK)
                .setHeartbeat(
                        plan.heartbeat() == AgentPlan.Heartbeat.MESSAGE
                                ? HeartbeatMode.HEARTBEAT_MODE_MESSAGE
                                : HeartbeatMode.HEARTBEAT_MODE_TRANSPORT);
        for (Subscription subscription : subscriptions) {
            hello.addSubscriptions(ask(subscription));
        }
        call.send(ConnectRequest.newBuilder().setHello(hello).build());
        pulse.awaitWelcome();
    }

    private Subscribe ask(Subscription subscription) {
        byNumber.remove(subscription.number());
        Subscribe asked = subscription.ask(++numbers);
        byNumber.put(subscription.number(), subscription);
        return asked;
    }

    private void welcome(Welcome welcome) {
        welcomed = true;
        incarnation = welcome.getIncarnation();
        reports.limit(welcome.getLimits());
        welcome.getResumedList().forEach(one -> find(one.getSubscription()).ifPresent(s -> resume(s, one.getResume())));
        List<AgentListener.Resumed> resumed =
                subscriptions.stream().map(LiveSession::resumed).toList();
        owner.welcomed(new Greeting(welcome.getSession(), welcome.getEpoch(), resumed));
        pulse.welcomed(duration(welcome.getHeartbeatInterval()));
    }

    private static AgentListener.Resumed resumed(Subscription subscription) {
        return switch (subscription.state()) {
            case LIVE -> AgentListener.Resumed.DELTA;
            case SNAPSHOT -> AgentListener.Resumed.SNAPSHOT;
            case ASKED, REFUSED -> AgentListener.Resumed.NONE;
        };
    }

    private static void resume(Subscription subscription, Resume resume) {
        if (resume == Resume.RESUME_DELTA) {
            subscription.live();
        } else {
            subscription.beginSnapshot();
        }
    }

    private void subscriptionState(SubscriptionState state) {
        Optional<Subscription> found = find(state.getSubscription());
        if (found.isEmpty()) {
            return;
        }
        Subscription subscription = found.get();
        if (state.getState() == SubscriptionState.State.STATE_ACTIVE) {
            if (!subscription.isHeld()) {
                resume(subscription, state.getResume());
                owner.events().healthMoved();
            }
            return;
        }
        Refusal why = Refusal.of(state.getError());
        Duration retry = setting.backoff().delay(subscription.refused(why.toString()));
        setting.loop().after(retry, () -> {
            if (!over && !leaving) {
                call.send(ConnectRequest.newBuilder()
                        .setSubscribe(ask(subscription))
                        .build());
            }
        });
        owner.refused(subscription, why, retry);
    }

    private void deliver(Delivery delivery) {
        Optional<Map<Subscription, List<ViewEvent>>> sorted = routing.sort(delivery);
        if (sorted.isEmpty()) {
            call.cancel("the server sent an event without saying for which subscription");
            return;
        }
        sorted.get().forEach(Subscription::deliver);
        if (delivery.hasBookmark()) {
            bookmark(delivery.getBookmark());
        }
    }

    private void bookmark(Bookmark bookmark) {
        find(bookmark.getSubscription()).ifPresent(subscription -> {
            String said = bookmark.getIncarnation();
            Position at = new Position(bookmark.getRevision(), said.isEmpty() ? incarnation : said);
            owner.changed(subscription, subscription.bookmark(at, bookmark.getInitialDone()));
        });
    }

    private void drain(Drain drain) {
        reports.flush(call);
        pulse.leaving(duration(drain.getDeadline()));
        leave();
    }

    private void leave() {
        leaving = true;
        call.halfClose();
    }

    private void over() {
        over = true;
        pulse.stop();
    }

    private void superseded(Superseded by) {
        over();
        call.cancel("superseded");
        owner.superseded("instance " + by.getInstance() + " has taken over (epoch " + by.getEpoch() + ")");
    }

    private void problem(Problem problem) {
        Refusal why = Refusal.of(problem.getError());
        if (problem.getSeq() != 0) {
            reports.refused(problem.getSeq(), why);
        } else {
            owner.events().problem(why);
        }
    }

    private static Duration duration(com.google.protobuf.Duration duration) {
        return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    }

    /** A stream with one subscription may leave its number out. */
    private Optional<Subscription> find(int number) {
        if (number == 0 && subscriptions.size() == 1) {
            return Optional.of(subscriptions.get(0));
        }
        return Optional.ofNullable(byNumber.get(number));
    }
}
