package dev.proreus.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.server.rpc.StatusMapper;
import dev.proreus.v1.ConnectResponse;
import dev.proreus.v1.ConnectResponse.MessageCase;
import dev.proreus.v1.Cursor;
import dev.proreus.v1.Delivery;
import dev.proreus.v1.Hello;
import dev.proreus.v1.ReportResult;
import dev.proreus.v1.SubscriptionState.State;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.commit.Fence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Shows what a session does where the order of things matters, one step at a time. */
class AgentSessionTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_000), ZoneOffset.UTC);

    private final ScriptedEngine engine = new ScriptedEngine();
    private final SessionRegistry registry = new SessionRegistry();
    private long nanos = 1;
    private final Presence presence = new Presence(engine, registry, () -> nanos);
    private final Surroundings around = new Surroundings(
            engine, new StatusMapper(() -> "fault"), registry, presence, CLOCK, () -> nanos, () -> new UUID(9, 9));

    @Test
    void helloIsAnsweredByWelcomeThenByTheStateOfEachSubscription() {
        ScriptedCall call = open(Say.hello("fleet", "a")
                .addSubscriptions(Say.wholeType(1, "robots"))
                .addSubscriptions(Say.assigned(2, "sites", "x")));

        assertThat(kinds(call))
                .containsExactly(MessageCase.WELCOME, MessageCase.SUBSCRIPTION_STATE, MessageCase.SUBSCRIPTION_STATE);
        assertThat(call.heard.get(0).getWelcome().getSession()).isEqualTo(new UUID(9, 9).toString());
        assertThat(call.heard.get(0).getWelcome().getEpoch()).isEqualTo(101);
        assertThat(call.heard.get(0).getWelcome().getIncarnation()).isEqualTo(new UUID(7, 2).toString());
        assertThat(call.heard.get(0).getWelcome().getServerTime().getSeconds()).isEqualTo(1_000);
        assertThat(call.heard.get(0).getWelcome().getHeartbeatInterval().getSeconds())
                .isEqualTo(Limits.HEARTBEAT_INTERVAL.toSeconds());
        assertThat(call.heard.get(0).getWelcome().getResumedList()).hasSize(1);
        assertThat(call.heard.get(1).getSubscriptionState().getState()).isEqualTo(State.STATE_ACTIVE);
        assertThat(call.heard.get(2).getSubscriptionState().getState()).isEqualTo(State.STATE_REFUSED);
        assertThat(call.heard.get(2).getSubscriptionState().getError().getMessage())
                .contains("no assignmentField");
        assertThat(engine.watches).hasSize(1);
        assertThat(engine.watches.get(0).spec.ownEpoch()).isEqualTo(101);
        assertThat(engine.watches.get(0).spec.framed()).isTrue();
    }

    @Test
    void nothingIsTakenUntilTheSessionIsRecorded() {
        ScriptedCall call = connect();
        call.say(Say.of(Say.hello("fleet", "a").addSubscriptions(Say.wholeType(1, "robots"))));
        call.say(Say.of(Say.position(1, "r1", "u1", 1, 1)));

        assertThat(call.unsaid()).isEqualTo(1);
        assertThat(call.heard).isEmpty();

        engine.grant("fleet", "a", Map.of());
        call.run();

        assertThat(call.unsaid()).isZero();
        assertThat(engine.writes).hasSize(1);
        assertThat(engine.writes.get(0).fence()).isEqualTo(new Fence(7, "fleet", 101));
    }

    @Test
    void resultsThatArriveTogetherLeaveTogether() {
        ScriptedCall call = driving();
        for (int i = 1; i <= 3; i++) {
            call.say(Say.of(Say.position(i, "r1", "u1", 1, i)));
        }
        engine.answer(0, 201);
        engine.answer(2, 203);
        call.run();

        assertThat(call.last().getReportResults().getResultsList())
                .extracting(ReportResult::getSeq)
                .containsExactly(1L, 3L);
        assertThat(call.last().getReportResults().getResults(1).getResourceVersion())
                .isEqualTo(203);
    }

    @Test
    void resultsWaitForTheTransport() {
        ScriptedCall call = driving();
        call.say(Say.of(Say.position(1, "r1", "u1", 1, 1)));
        call.say(Say.of(Say.position(2, "r1", "u1", 1, 2)));
        call.ready = false;
        engine.answer(0, 201);
        call.run();
        engine.answer(1, 202);
        call.run();
        assertThat(kinds(call)).doesNotContain(MessageCase.REPORT_RESULTS);

        call.drain();
        assertThat(call.last().getReportResults().getResultsList()).hasSize(2);
    }

    @Test
    void noMoreReportsAreTakenThanMayBeInFlight() {
        ScriptedCall call = driving();
        for (int i = 0; i < SessionBounds.REPORTS_IN_FLIGHT + 5; i++) {
            call.say(Say.of(Say.position(i, "r1", "u1", 1, i)));
        }
        assertThat(engine.writes).hasSize(SessionBounds.REPORTS_IN_FLIGHT);
        assertThat(call.unsaid()).isEqualTo(5);

        engine.answer(0, 201);
        call.run();
        assertThat(engine.writes).hasSize(SessionBounds.REPORTS_IN_FLIGHT + 1);
        assertThat(call.unsaid()).isEqualTo(4);
    }

    @Test
    void aClientThatTalksAndNeverReadsIsNotListenedTo() {
        ScriptedCall call = driving();
        call.ready = false;
        for (int i = 0; i < SessionBounds.UNREAD_ANSWERS + 10; i++) {
            call.say(Say.requestBookmark(42));
        }
        assertThat(call.unsaid()).isEqualTo(10);

        call.drain();
        assertThat(call.unsaid()).isZero();
        assertThat(call.last().getProblem().getSubscription()).isEqualTo(42);
    }

    @Test
    void subscriptionsTakeTurns() {
        ScriptedCall call = open(Say.hello("fleet", "a")
                .addSubscriptions(Say.named(1, "robots", "r1"))
                .addSubscriptions(Say.named(2, "robots", "r2"))
                .addSubscriptions(Say.named(3, "robots", "r3")));
        call.heard.clear();
        call.slow = true;
        engine.watches.get(0).offer(4);
        engine.watches.get(2).offer(4);
        for (int i = 0; i < 7; i++) {
            call.drain();
        }
        assertThat(call.heard)
                .extracting(message -> message.getDelivery().getRoutes(0).getSubscriptions(0))
                .containsExactly(1, 3, 1, 3, 1, 3, 1, 3);
    }

    @Test
    void routesAreThereFromTheSecondSubscriptionOn() {
        ScriptedCall call = driving();
        engine.watches.get(0).offer(1);
        Delivery alone = call.last().getDelivery();
        assertThat(alone.getEventsCount()).isEqualTo(1);
        assertThat(alone.getEvents(0).getRevision()).isEqualTo(5);
        assertThat(alone.getRoutesList()).isEmpty();

        call.say(Say.of(Say.wholeType(2, "sites")));
        engine.claimings.get(0).complete(null);
        call.run();
        engine.watches.get(0).offer(1);
        assertThat(call.last().getDelivery().getRoutes(0).getSubscriptionsList())
                .containsExactly(1);

        call.say(Say.unsubscribe(1));
        engine.claimings.get(1).complete(null);
        call.run();
        engine.watches.get(1).offer(1);
        assertThat(call.last().getDelivery().getRoutes(0).getSubscriptionsList())
                .containsExactly(2);
    }

    @Test
    void theNextMessageWaitsForAChangeOfClaims() {
        ScriptedCall call = driving();
        call.say(Say.unsubscribe(1));
        call.say(Say.of(Say.position(1, "r1", "u1", 1, 1)));
        assertThat(engine.watches.get(0).cancelled).isTrue();
        assertThat(call.unsaid()).isEqualTo(1);

        engine.claimings.get(0).complete(null);
        call.run();
        assertThat(call.unsaid()).isZero();
        assertThat(engine.writes).isEmpty();
        assertThat(kinds(call)).endsWith(MessageCase.SUBSCRIPTION_STATE, MessageCase.PROBLEM);
    }

    @Test
    void goodbyeWaitsForWhatIsUnderWay() {
        ScriptedCall call = driving();
        CompletableFuture<Void> recorded = new CompletableFuture<>();
        engine.closing = recorded;
        call.say(Say.of(Say.position(1, "r1", "u1", 1, 1)));
        call.ready = false;
        call.say(Say.goodbye());
        assertThat(engine.watches.get(0).cancelled).isTrue();
        assertThat(engine.closed).isEmpty();

        engine.answer(0, 201);
        call.run();
        assertThat(call.last().getReportResults().getResults(0).getSeq()).isEqualTo(1);
        assertThat(engine.closed).containsExactly(new Fence(7, "fleet", 101));
        assertThat(call.completed).isFalse();

        recorded.complete(null);
        call.run();
        assertThat(call.completed).isTrue();
        assertThat(registry.sessions()).isEmpty();
    }

    @Test
    void halfCloseWaitsForTheSnapshotsThatWereBegun() {
        ScriptedCall call = open(Say.hello("fleet", "a")
                .addSubscriptions(Say.named(1, "robots", "r1"))
                .addSubscriptions(Say.named(2, "robots", "r2")
                        .setCursor(Cursor.newBuilder().setRevision(5).setIncarnation(new UUID(7, 2).toString()))));
        call.say(Say.of(Say.wholeType(3, "sites")));
        call.session().halfClosed();
        assertThat(engine.watches.get(0).cancelled).isFalse();
        assertThat(engine.watches.get(1).cancelled).isTrue();

        engine.claimings.get(0).complete(null);
        call.run();
        engine.watches.get(0).offer(1);
        engine.watches.get(0).sink.bookmark(102, true);
        assertThat(engine.watches.get(0).cancelled).isTrue();
        assertThat(engine.closed).isEmpty();

        engine.watches.get(2).sink.bookmark(102, true);
        call.run();
        assertThat(kinds(call)).endsWith(MessageCase.DELIVERY, MessageCase.BOOKMARK, MessageCase.BOOKMARK);
        assertThat(engine.closed).hasSize(1);
        assertThat(call.completed).isTrue();
    }

    @Test
    void aSessionThatCannotCloseEnds() {
        ScriptedCall call = driving();
        call.session().halfClosed();
        pass(SessionBounds.CLOSING_WITHIN, call);
        assertThat(call.isOver()).isFalse();
        pass(Duration.ofNanos(1), call);
        assertThat(call.reason()).isEqualTo(Reason.OUTCOME_UNKNOWN);
        assertThat(engine.closed).hasSize(1);
    }

    @Test
    void aClientThatLeavesDuringItsHelloIsRecordedAsGone() {
        ScriptedCall call = connect();
        call.say(Say.of(Say.hello("fleet", "a")));
        call.session().cancelled();
        assertThat(engine.closed).isEmpty();

        engine.grant("fleet", "a", Map.of());
        call.run();
        assertThat(engine.closed).containsExactly(new Fence(7, "fleet", 101));
        assertThat(registry.sessions()).isEmpty();
        assertThat(call.heard).isEmpty();
    }

    @Test
    void theOlderOfTwoSessionsIsSuperseded() {
        ScriptedCall older = open(Say.hello("fleet", "a"));
        ScriptedCall newer = open(Say.hello("fleet", "b"));
        older.run();

        assertThat(older.last().getSuperseded().getInstance()).isEqualTo("b");
        assertThat(older.last().getSuperseded().getEpoch()).isEqualTo(102);
        assertThat(older.reason()).isEqualTo(Reason.SUPERSEDED);
        assertThat(newer.isOver()).isFalse();
        assertThat(engine.closed).isEmpty();
        assertThat(registry.sessions()).containsExactly(newer.session());
    }

    @Test
    void aSessionWhoseRecordIsNoticedLateIsSupersededItself() {
        ScriptedCall older = connect();
        older.say(Say.of(Say.hello("fleet", "a")));
        ScriptedCall newer = connect();
        newer.say(Say.of(Say.hello("fleet", "b")));
        engine.grant("fleet", "a", Map.of());
        engine.grant("fleet", "b", Map.of());
        newer.run();
        older.run();

        assertThat(kinds(older)).containsExactly(MessageCase.SUPERSEDED);
        assertThat(older.reason()).isEqualTo(Reason.SUPERSEDED);
        assertThat(kinds(newer)).containsExactly(MessageCase.WELCOME);
        assertThat(engine.closed).isEmpty();
    }

    @Test
    void aSilentSessionEndsWhereItPromisedMessages() {
        ScriptedCall beating = open(Say.beating("beating", "a"));
        ScriptedCall pinging = open(Say.hello("pinging", "a"));
        Duration interval = Limits.HEARTBEAT_INTERVAL;
        for (int i = 0; i < 3; i++) {
            pass(interval.multipliedBy(2), beating, pinging);
            beating.say(Say.heartbeat());
        }
        assertThat(beating.isOver()).isFalse();

        pass(interval.multipliedBy(2).plus(interval.dividedBy(2)), beating, pinging);
        assertThat(beating.isOver()).isFalse();
        pass(Duration.ofNanos(1), beating, pinging);
        assertThat(beating.reason()).isEqualTo(Reason.HEARTBEAT_MISSED);
        assertThat(engine.closed).extracting(Fence::agent).containsExactly("beating");
        assertThat(pinging.isOver()).isFalse();
    }

    @Test
    void aSessionThatIsNotListenedToIsNotSilent() {
        ScriptedCall call = open(Say.beating("fleet", "a").addSubscriptions(Say.wholeType(1, "robots")));
        for (int i = 0; i < SessionBounds.REPORTS_IN_FLIGHT; i++) {
            call.say(Say.of(Say.position(i, "r1", "u1", 1, i)));
        }
        pass(Duration.ofHours(1), call);
        assertThat(call.isOver()).isFalse();

        engine.answer(0, 201);
        call.run();
        pass(SessionBounds.SILENCE.plusNanos(1), call);
        assertThat(call.reason()).isEqualTo(Reason.HEARTBEAT_MISSED);
    }

    @Test
    void aStreamWithoutHelloEnds() {
        ScriptedCall call = connect();
        pass(SessionBounds.HELLO_WITHIN, call);
        assertThat(call.isOver()).isFalse();
        pass(Duration.ofNanos(1), call);
        assertThat(call.reason()).isEqualTo(Reason.BAD_REQUEST);
        assertThat(registry.sessions()).isEmpty();
    }

    @Test
    void aSessionWhoseAgentObjectWasDeletedEnds() {
        ScriptedCall call = driving();
        engine.directory.remove(7, "fleet");
        pass(Duration.ZERO, call);
        assertThat(call.reason()).isEqualTo(Reason.SUPERSEDED);
    }

    @Test
    void agentsThatDoNotComeBackAreRecordedAsGoneAfterTheGrace() {
        engine.directory.put(7, ScriptedEngine.record("lost", "x", 50));
        engine.directory.put(7, ScriptedEngine.record("fleet", "a", 60));
        engine.directory.put(7, ScriptedEngine.record("coming", "a", 70));
        open(Say.hello("fleet", "a"));
        connect().say(Say.of(Say.hello("coming", "b")));

        nanos += SessionBounds.GRACE.toNanos() - 1;
        presence.sweepIfDue();
        assertThat(engine.closed).isEmpty();

        nanos++;
        presence.sweepIfDue();
        presence.sweepIfDue();
        assertThat(engine.closed).containsExactly(new Fence(7, "lost", 50));
    }

    @Test
    void whatCouldNotBeRecordedIsTriedAgain() {
        ScriptedCall call = driving();
        nanos += SessionBounds.GRACE.toNanos();
        presence.sweepIfDue();
        engine.closing = CompletableFuture.failedStage(RefusedException.because(Reason.RATE_LIMITED, "full"));
        call.session().cancelled();
        assertThat(engine.closed).hasSize(1);

        engine.closing = CompletableFuture.completedStage(null);
        presence.sweepIfDue();
        assertThat(engine.closed).hasSize(1);
        nanos += SessionBounds.TICK.toNanos();
        presence.sweepIfDue();
        presence.sweepIfDue();
        assertThat(engine.closed).containsExactly(new Fence(7, "fleet", 101), new Fence(7, "fleet", 101));
    }

    @Test
    void aDrainedSessionIsToldAndNotRecordedAsGone() {
        ScriptedCall call = driving();
        presence.stop();
        call.session().drain(Duration.ofSeconds(5));
        call.run();
        assertThat(call.last().getDrain().getDeadline().getSeconds()).isEqualTo(5);

        ScriptedCall late = connect();
        late.say(Say.of(Say.hello("late", "a")));
        assertThat(late.reason()).isEqualTo(Reason.STOPPING);

        call.session().stop();
        call.run();
        assertThat(call.reason()).isEqualTo(Reason.STOPPING);
        assertThat(engine.closed).isEmpty();
    }

    @Test
    void aSubscriptionThatEndsByItselfIsSaid() {
        ScriptedCall call = driving();
        engine.watches.get(0).sink.ended(RefusedException.because(Reason.TYPE_NOT_FOUND, "the type is gone"));
        assertThat(call.last().getSubscriptionState().getState()).isEqualTo(State.STATE_ENDED);
        assertThat(call.isOver()).isFalse();

        call.say(Say.requestBookmark(1));
        assertThat(call.last().hasProblem()).isTrue();
    }

    @Test
    void aSessionWhoseWorkspaceIsGoneEnds() {
        ScriptedCall call = driving();
        engine.watches.get(0).sink.ended(RefusedException.because(Reason.WORKSPACE_DELETED, "gone"));
        assertThat(call.last().getSubscriptionState().getState()).isEqualTo(State.STATE_ENDED);
        assertThat(call.reason()).isEqualTo(Reason.WORKSPACE_DELETED);
    }

    @Test
    void acceptedGenerationsAreKept() {
        ScriptedCall call = driving();
        call.say(Say.accepted(1, "r1", "u1", 3));
        call.say(Say.accepted(1, "r1", "u1", 2));
        AcceptedGenerations accepted = conversation(call).accepted();
        assertThat(accepted.of("u1")).isEqualTo(3);
        assertThat(accepted.of("u2")).isZero();

        for (int i = 0; i < SessionBounds.ACCEPTED_GENERATIONS; i++) {
            call.say(Say.accepted(1, "r", "other" + i, 1));
        }
        assertThat(accepted.of("u1")).isZero();
        assertThat(accepted.of("other0")).isEqualTo(1);
        assertThat(kinds(call)).doesNotContain(MessageCase.PROBLEM);
    }

    @Test
    void aFaultOfTheEngineEndsNothingButItsReport() {
        ScriptedCall call = driving();
        call.say(Say.of(Say.position(9, "r1", "u1", 1, 1)));
        engine.written
                .get(0)
                .completeExceptionally(RefusedException.because(Reason.NOT_DRIVER, "another agent drives r1"));
        call.run();
        assertThat(call.last().getProblem().getSeq()).isEqualTo(9);
        assertThat(call.last().getProblem().getUid()).isEqualTo("u1");
        assertThat(call.last().getProblem().getSubscription()).isEqualTo(1);
        assertThat(call.isOver()).isFalse();
    }

    private ScriptedCall connect() {
        ScriptedCall call = new ScriptedCall();
        AgentSession session = new AgentSession(call, around);
        registry.join(session);
        call.serve(session);
        return call;
    }

    /** Opens a session that the engine records. */
    private ScriptedCall open(Hello.Builder hello) {
        ScriptedCall call = connect();
        call.say(Say.of(hello));
        engine.grant(hello.getAgent(), hello.getInstance(), Map.of());
        call.run();
        return call;
    }

    /** Opens a session of agent fleet that drives all robots by subscription 1. */
    private ScriptedCall driving() {
        return open(Say.hello("fleet", "a").addSubscriptions(Say.wholeType(1, "robots")));
    }

    private void pass(Duration time, ScriptedCall... calls) {
        nanos += time.toNanos();
        for (ScriptedCall call : calls) {
            call.session().check();
            call.run();
        }
    }

    private static Conversation conversation(ScriptedCall call) {
        Conversation conversation = call.session().conversation();
        if (conversation == null) {
            throw new AssertionError("the session is not open");
        }
        return conversation;
    }

    private static List<MessageCase> kinds(ScriptedCall call) {
        List<MessageCase> kinds = new ArrayList<>();
        for (ConnectResponse each : call.heard) {
            kinds.add(each.getMessageCase());
        }
        return kinds;
    }
}
