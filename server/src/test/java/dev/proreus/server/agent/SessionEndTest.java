package dev.proreus.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.server.ControlPlaneServer;
import dev.proreus.v1.ConnectResponse.MessageCase;
import dev.proreus.v1.Cursor;
import dev.proreus.v1.SubscriptionState.State;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.commit.Fence;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Shows how a session ends, by itself or for another one, and what is recorded of it, one step at a time. */
class SessionEndTest extends SessionScene {
    @Test
    void goodbyeWaitsForWhatIsUnderWay() {
        ScriptedCall call = driving();
        CompletableFuture<Void> recorded = new CompletableFuture<>();
        engine.closing = recorded;
        call.say(Say.of(Say.position(1, "r1", UID, 1, 1)));
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
    void aSessionThatClosesMayTakeLongAsLongAsItsClientReads() {
        ScriptedCall call = driving();
        call.session().halfClosed();
        for (int i = 0; i < 10; i++) {
            pass(SessionBounds.CLOSING_WITHIN, call);
            engine.watches.get(0).offer(1);
            call.drain();
        }
        assertThat(call.isOver()).isFalse();
        pass(SessionBounds.CLOSING_WITHIN.plusNanos(1), call);
        assertThat(call.reason()).isEqualTo(Reason.OUTCOME_UNKNOWN);
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
    void aSessionWhoseRecordIsNoticedOnlyAfterTheNewerOneHasLeftIsSupersededToo() {
        ScriptedCall older = connect();
        older.say(Say.of(Say.hello("fleet", "a")));
        ScriptedCall newer = connect();
        newer.say(Say.of(Say.hello("fleet", "b")));
        engine.grant("fleet", "a", Map.of());
        engine.grant("fleet", "b", Map.of());
        newer.run();
        newer.session().cancelled();
        older.run();
        pass(Duration.ZERO, older);

        assertThat(older.last().getSuperseded().getInstance()).isEqualTo("b");
        assertThat(older.last().getSuperseded().getEpoch()).isEqualTo(102);
        assertThat(older.reason()).isEqualTo(Reason.SUPERSEDED);
        assertThat(engine.closed).containsExactly(new Fence(7, "fleet", 102));
        assertThat(registry.sessions()).isEmpty();
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
            call.say(Say.of(Say.position(i, "r1", UID, 1, i)));
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
    void aStreamWithoutHelloIsToldSoBeforeTheTransportEndsIt() {
        assertThat(SessionBounds.HELLO_WITHIN.plus(SessionBounds.TICK)).isLessThan(ControlPlaneServer.REQUEST_MAX);
    }

    @Test
    void aSessionWhoseAgentObjectWasDeletedEnds() {
        ScriptedCall call = driving();
        engine.directory.remove(7, "fleet");
        pass(Duration.ZERO, call);
        assertThat(call.reason()).isEqualTo(Reason.SUPERSEDED);
    }

    @Test
    void aSessionWithoutSubscriptionsEndsWithItsWorkspace() {
        ScriptedCall call = open(Say.hello("fleet", "a"));
        engine.directory.remove(7, "fleet");
        engine.tree.removeSubtree(7);
        pass(Duration.ZERO, call);
        assertThat(call.reason()).isEqualTo(Reason.WORKSPACE_DELETED);
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
    void aSessionWhoseWorkspaceIsGoneEnds() {
        ScriptedCall call = driving();
        engine.watches.get(0).sink.ended(RefusedException.because(Reason.WORKSPACE_DELETED, "gone"));
        assertThat(call.last().getSubscriptionState().getState()).isEqualTo(State.STATE_ENDED);
        assertThat(call.reason()).isEqualTo(Reason.WORKSPACE_DELETED);
    }
}
