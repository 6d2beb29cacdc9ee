package dev.proreus.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.v1.ConnectResponse;
import dev.proreus.v1.ConnectResponse.MessageCase;
import dev.proreus.v1.Delivery;
import dev.proreus.v1.ReportResult;
import dev.proreus.v1.SubscriptionState.State;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.commit.Fence;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Shows what a session says and takes where the order of things matters, one step at a time. */
class AgentSessionTest extends SessionScene {
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
        call.say(Say.of(Say.position(1, "r1", UID, 1, 1)));

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
            call.say(Say.of(Say.position(i, "r1", UID, 1, i)));
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
        call.say(Say.of(Say.position(1, "r1", UID, 1, 1)));
        call.say(Say.of(Say.position(2, "r1", UID, 1, 2)));
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
            call.say(Say.of(Say.position(i, "r1", UID, 1, i)));
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
    void answersThatNobodyReadsAreShortHoweverLongTheQuestionsWere() {
        ScriptedCall call = driving();
        call.ready = false;
        String endless = "0".repeat(1 << 20);
        call.say(Say.of(Say.position(1, "r1", endless, 1, 1)));
        call.say(Say.of(Say.position(2, "r1", endless, 1, 1).setSubscription(42)));
        call.say(Say.accepted(1, "r1", endless, 1));
        call.say(Say.accepted(42, "r1", endless, 1));
        call.say(Say.of(Say.position(3, "r1", "no-uid", 1, 1)));

        assertThat(engine.writes).isEmpty();
        List<ConnectResponse> problems = call.heard.subList(call.heard.size() - 5, call.heard.size());
        assertThat(problems).allMatch(ConnectResponse::hasProblem);
        assertThat(problems).allMatch(problem -> problem.getSerializedSize() < 4_000);
        assertThat(problems.get(4).getProblem().getUid()).isEqualTo("no-uid");
        assertThat(problems.get(4).getProblem().getSeq()).isEqualTo(3);
        assertThat(problems.get(0).getProblem().getSeq()).isEqualTo(1);
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
        call.say(Say.of(Say.position(1, "r1", UID, 1, 1)));
        assertThat(engine.watches.get(0).cancelled).isTrue();
        assertThat(call.unsaid()).isEqualTo(1);

        engine.claimings.get(0).complete(null);
        call.run();
        assertThat(call.unsaid()).isZero();
        assertThat(engine.writes).isEmpty();
        assertThat(kinds(call)).endsWith(MessageCase.SUBSCRIPTION_STATE, MessageCase.PROBLEM);
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
        call.say(Say.of(Say.position(9, "r1", UID, 1, 1)));
        engine.written
                .get(0)
                .completeExceptionally(RefusedException.because(Reason.NOT_DRIVER, "another agent drives r1"));
        call.run();
        assertThat(call.last().getProblem().getSeq()).isEqualTo(9);
        assertThat(call.last().getProblem().getUid()).isEqualTo(UID);
        assertThat(call.last().getProblem().getSubscription()).isEqualTo(1);
        assertThat(call.isOver()).isFalse();
    }
}
