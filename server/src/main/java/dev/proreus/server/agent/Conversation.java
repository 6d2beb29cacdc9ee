package dev.proreus.server.agent;

import dev.proreus.server.rpc.NotBuiltYet;
import dev.proreus.server.rpc.StatusMapper;
import dev.proreus.server.rpc.raw.RawConnectRequest;
import dev.proreus.server.rpc.raw.RawReport;
import dev.proreus.v1.Ack;
import dev.proreus.v1.Cursor;
import dev.proreus.v1.Resume;
import dev.proreus.v1.Resumed;
import dev.proreus.v1.Subscribe;
import dev.proreus.v1.Welcome;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.commit.Fence;
import dev.proreus.workspace.commit.SessionGrant;
import dev.proreus.workspace.engine.Engine;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.watch.WatchSpec;
import dev.proreus.workspace.watch.WatchStart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is said in a session from Welcome on: does what each message of the agent asks for, and answers what is wrong
 * with one by a Problem, or for a subscription by its state; neither ends the session. Confined to the session's loop.
 */
final class Conversation {
    private final Surroundings around;
    private final AgentSession session;
    private final Sender sender;
    private final SessionLoop loop;
    private final Workspace home;
    private final Fence fence;
    private final Feeds feeds;
    private final Reports reports;
    private final AcceptedGenerations accepted = new AcceptedGenerations();

    /** Changes of claims under way, which the next message waits for. */
    private int claiming;

    private boolean finishing;
    private boolean stopped;

    Conversation(
            Surroundings around, AgentSession session, Sender sender, SessionLoop loop, Workspace home, Fence fence) {
        this.around = around;
        this.session = session;
        this.sender = sender;
        this.loop = loop;
        this.home = home;
        this.fence = fence;
        this.feeds = new Feeds(sender, home.incarnation().toString(), this::feedEnded, session::settle);
        this.reports = new Reports(around.engine(), around.statuses(), sender, loop, session::settle);
    }

    /** Says Welcome, then how each subscription of Hello stands, and starts those that are not refused. */
    void welcome(HelloWish wish, SessionGrant grant) {
        Welcome.Builder welcome = Messages.welcome(around.clock().instant())
                .setSession(around.names().get().toString())
                .setEpoch(grant.epoch())
                .setIncarnation(home.incarnation().toString());
        List<Runnable> starts = new ArrayList<>();
        for (HelloWish.Asked each : wish.subscriptions()) {
            try {
                SubscriptionWish granted = granted(each, grant);
                WatchStart start = start(granted);
                welcome.addResumed(
                        Resumed.newBuilder().setSubscription(granted.number()).setResume(resume(start)));
                starts.add(() -> begin(granted, start));
            } catch (RefusedException refusal) {
                starts.add(() -> sender.answer(Messages.refused(each.number(), StatusMapper.status(refusal))));
            }
        }
        sender.send(Messages.welcome(welcome));
        starts.forEach(Runnable::run);
    }

    /** Does what a message asks for. */
    void take(RawConnectRequest message) {
        try {
            switch (message.getMessageCase()) {
                case HEARTBEAT -> {} // having come is all that it says
                case SUBSCRIBE -> subscribe(message.getSubscribe());
                case UNSUBSCRIBE -> unsubscribe(message.getUnsubscribe().getSubscription());
                case REQUEST_BOOKMARK ->
                    feed(message.getRequestBookmark().getSubscription()).requestBookmark();
                case ACK -> ack(message.getAck());
                case REPORT -> report(message.getReport());
                case CREDIT, FINALIZED, RELEASE, REFRESH ->
                    throw NotBuiltYet.refusal(
                            message.getMessageCase().name().toLowerCase(Locale.ROOT), "do not send it");
                case HELLO -> throw bad("hello can only be the first message: open another stream for another session");
                case GOODBYE, MESSAGE_NOT_SET ->
                    throw bad("the message has no content that this server knows: set one of ConnectRequest's fields");
            }
        } catch (RefusedException refused) {
            sender.answer(Messages.problem(
                    Origins.of(message).setError(StatusMapper.status(refused)).build()));
        }
    }

    /** Goes on with what waits for the transport. */
    void ready() {
        feeds.wake();
        reports.flush();
    }

    /** Returns whether the next message may be taken. */
    boolean hasRoom() {
        return claiming == 0 && reports.hasRoom();
    }

    /** Returns whether all that the agent said is done and answered. */
    boolean isSettled() {
        return claiming == 0 && reports.areAnswered() && feeds.count() == 0;
    }

    /**
     * Delivers nothing new, ends the snapshots that were begun, and answers what is under way as soon as it is done.
     */
    void finish() {
        finishing = true;
        feeds.finish();
        reports.finish();
    }

    /** Delivers nothing more. */
    void stop() {
        stopped = true;
        feeds.stop();
    }

    /** The generations that the agent has accepted. */
    AcceptedGenerations accepted() {
        return accepted;
    }

    private void subscribe(Subscribe asked) {
        SubscriptionWish wish;
        try {
            wish = SubscriptionWish.read(around.engine().types(), home, asked);
            if (feeds.find(wish.number()) != null) {
                throw SubscriptionWish.numberTaken(wish.number());
            }
            if (feeds.claims(wish)) {
                throw SubscriptionWish.claimTaken(wish);
            }
            if (feeds.count() >= Limits.SESSION_SUBSCRIPTIONS) {
                throw bad("the session has " + feeds.count() + " subscriptions, which is the most: end one first");
            }
        } catch (RefusedException refusal) {
            refuse(asked.getSubscription(), refusal);
            return;
        }
        claiming++;
        loop.then(
                around.engine().claim(fence, wish.claim()),
                held -> {
                    claiming--;
                    claimed(wish);
                    session.settle();
                },
                failure -> {
                    claiming--;
                    refuse(wish.number(), failure);
                    session.settle();
                });
    }

    private void claimed(SubscriptionWish wish) {
        if (stopped) {
            return;
        }
        try {
            begin(wish, start(wish));
        } catch (RefusedException refusal) {
            refuse(wish.number(), refusal);
        }
    }

    private void unsubscribe(int number) {
        SubscriptionFeed feed = feed(number);
        feeds.remove(feed);
        claiming++;
        loop.then(
                around.engine().unclaim(fence, feed.wish().claim()),
                free -> {
                    claiming--;
                    sender.answer(Messages.ended(number, null));
                    session.settle();
                },
                failure -> {
                    claiming--;
                    sender.answer(Messages.ended(number, around.statuses().status(failure)));
                    session.settle();
                });
    }

    private void ack(Ack ack) {
        feed(ack.getSubscription());
        checkHere(ack.getWorkspace());
        accepted.take(ack);
    }

    private void report(RawReport report) {
        SubscriptionFeed feed = feed(report.getSubscription());
        checkHere(report.getWorkspace());
        reports.submit(
                ReportWish.read(home, feed.wish().type().id(), fence, report),
                Origins.of(report).build());
    }

    private void begin(SubscriptionWish wish, WatchStart start) {
        SubscriptionFeed feed = feeds.add(wish, start instanceof WatchStart.InitialState);
        sender.answer(Messages.active(wish.number(), resume(start)));
        Engine engine = around.engine();
        WatchSpec spec = new WatchSpec(
                new Scope.OneWorkspace(home.id()),
                wish.type().id(),
                engine.driven(home, wish.claim()),
                start,
                wish.mode(),
                false,
                true,
                fence.epoch());
        feed.feedFrom(engine.watch(spec, feed, loop.executor()));
        if (finishing) {
            feeds.finish();
        }
    }

    private WatchStart start(SubscriptionWish wish) {
        Cursor cursor = wish.cursor();
        return cursor == null
                ? new WatchStart.InitialState()
                : around.engine().resume(home, wish.claim(), cursor.getRevision(), cursor.getIncarnation());
    }

    private static SubscriptionWish granted(HelloWish.Asked asked, SessionGrant grant) {
        if (asked.wish() == null || asked.refusal() != null) {
            throw asked.refusal() == null ? bad("the subscription is malformed") : asked.refusal();
        }
        RefusedException refusal = grant.refused().get(asked.wish().claim());
        if (refusal != null) {
            throw refusal;
        }
        return asked.wish();
    }

    private static Resume resume(WatchStart start) {
        return start instanceof WatchStart.After ? Resume.RESUME_DELTA : Resume.RESUME_SNAPSHOT;
    }

    private void refuse(int number, Throwable why) {
        sender.answer(Messages.refused(number, around.statuses().status(why)));
    }

    /** Says that a subscription ended, or ends the session where nothing can be delivered any more. */
    private void feedEnded(RuntimeException why, int number) {
        Reason reason = why instanceof RefusedException refused ? refused.reason() : null;
        if (reason == Reason.STOPPING) {
            session.stop();
            return;
        }
        sender.send(Messages.ended(number, around.statuses().status(why)));
        if (reason == Reason.WORKSPACE_DELETED) {
            session.fail(why);
        }
        session.settle();
    }

    private SubscriptionFeed feed(int number) {
        SubscriptionFeed feed = feeds.find(number);
        if (feed == null) {
            throw bad("subscription " + Integer.toUnsignedString(number)
                    + " is not active in this session: subscribe first, or correct the number");
        }
        return feed;
    }

    private void checkHere(String workspace) {
        if (!workspace.isEmpty() && !workspace.equals(home.path().text())) {
            throw bad("workspace is not that of the session, " + home + ": leave it empty")
                    .with("workspace", home);
        }
    }

    private static RefusedException bad(String message) {
        return RefusedException.because(Reason.BAD_REQUEST, message);
    }
}
