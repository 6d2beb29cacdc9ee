package dev.proreus.agent;

import static dev.proreus.agent.scripted.Robots.at;
import static dev.proreus.agent.scripted.Robots.condition;
import static dev.proreus.agent.scripted.Robots.position;
import static dev.proreus.agent.scripted.Robots.robot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.agent.scripted.ScriptedSession;
import dev.proreus.v1.Ack;
import dev.proreus.v1.ConnectResponse;
import dev.proreus.v1.Hello;
import dev.proreus.v1.Report;
import dev.proreus.v1.Resume;
import dev.proreus.v1.SessionLimits;
import dev.proreus.v1.SubscriptionState;
import dev.proreus.v1.Verdict;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What an agent says, and what it makes of the answers. */
class AgentReportTest extends AgentContract {
    @Test
    void eachStepIsAReportAndTheGenerationIsAcknowledgedOnce() throws InterruptedException {
        start((robot, context) ->
                context.reported() ? step(robot) : Result.progressing("Moving").again(Duration.ofMillis(1)));
        ScriptedSession session = welcomed().snapshot(9, robot("r1", 5, 3));

        Ack ack = session.await().getAck();
        assertThat(ack.getVerdict()).isEqualTo(Verdict.VERDICT_ACCEPTED);
        assertThat(ack.getUid()).isEqualTo("uid-r1");
        assertThat(ack.getGeneration()).isEqualTo(1);
        for (int step = 1; step <= 3; step++) {
            Report report = session.await().getReport();
            assertThat(report.getSeq()).isEqualTo(step);
            assertThat(report.getSubscription()).isEqualTo(1);
            assertThat(report.getName()).isEqualTo("r1");
            assertThat(report.getUid()).isEqualTo("uid-r1");
            assertThat(report.getObservedGeneration()).isEqualTo(1);
            assertThat(position(report)).isEqualTo(step);
            assertThat(condition(report, "Ready").getStatus()).isEqualTo("False");
            assertThat(condition(report, "Reconciling").getStatus()).isEqualTo("True");
            assertThat(condition(report, "Ready").getObservedGeneration()).isEqualTo(1);
            session.answer(report, 10 + step);
        }
        Report arrived = session.await().getReport();
        assertThat(condition(arrived, "Ready").getStatus()).isEqualTo("True");
        assertThat(condition(arrived, "Ready").getReason()).isEqualTo("Arrived");
        session.answer(arrived, 20);
        assertThat(journal.await("reported r1@20")).isEqualTo("reported r1@20 3");
        assertThat(session.poll()).isNull();
    }

    @Test
    void whatTheServerHasIsNotReportedAgain() throws InterruptedException {
        start((robot, context) -> Result.ready("Arrived").status("position", 7));
        ScriptedSession session = welcomed().snapshot(9, robot("r1", 5, 7));
        session.answer(session.awaitReport(), 10);
        journal.await("reported");

        session.modified(at(robot("r1", "uid-r1", 2, 11, 7), 7));
        journal.await("reconciled r1@2");
        Report second = session.awaitReport();
        assertThat(second.getObservedGeneration()).isEqualTo(2);
        session.answer(second, 12);
        journal.await("reported");

        // A snapshot in which the status is what it was: the call comes, nothing is said.
        session.beginSnapshot(20).added(withStatusOf(second, 15)).bookmark(20, true, ScriptedSession.INCARNATION);
        journal.await("reconciled r1@2");
        assertThat(session.poll()).isNull();

        // A snapshot in which it is lost: it is said again.
        session.beginSnapshot(30)
                .added(robot("r1", "uid-r1", 2, 25, 7))
                .bookmark(30, true, ScriptedSession.INCARNATION);
        assertThat(position(session.awaitReport())).isEqualTo(7);
    }

    @Test
    void oneReportOfAnObjectIsUnderWayAndTheNewestGoesNext() throws InterruptedException {
        start((robot, context) -> step(robot));
        ScriptedSession session = welcomed().snapshot(9, robot("r1", 5, 50));

        Report first = session.awaitReport();
        for (int position = 2; position <= 50; position++) {
            journal.await("reconciled r1@1 PROGRESSING");
        }
        journal.await("reconciled r1@1 READY");
        assertThat(session.poll()).isNull();
        session.answer(first, 10);
        Report next = session.awaitReport();

        assertThat(position(first)).isEqualTo(1);
        assertThat(position(next)).isEqualTo(50);
        assertThat(condition(next, "Ready").getStatus()).isEqualTo("True");
    }

    @Test
    void noMoreReportsAreUnderWayThanTheServerTakes() throws InterruptedException {
        start((robot, context) -> Result.ready("Done").status("position", 1));
        ScriptedSession session = server.awaitSession();
        Hello hello = session.awaitHello();
        session.welcome(
                hello,
                Resume.RESUME_SNAPSHOT,
                SessionLimits.newBuilder().setReportsInFlight(2).build());
        session.snapshot(9, robot("r1", 5, 1), robot("r2", 6, 1), robot("r3", 7, 1));

        Report first = session.awaitReport();
        session.awaitReport();
        for (int i = 0; i < 3; i++) {
            journal.await("reconciled");
        }
        assertThat(session.poll()).isNull();
        session.answer(first, 10);
        assertThat(session.awaitReport().getName()).isNotEqualTo(first.getName());
    }

    @Test
    void aRefusedReportBecomesAConditionAndIsTriedAgain() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        start((robot, context) -> {
            calls.incrementAndGet();
            return Result.ready("Arrived").status("position", 7);
        });
        ScriptedSession session = welcomed().snapshot(9, robot("r1", 5, 7));

        session.refuse(session.awaitReport(), Status.Code.INVALID_ARGUMENT, "INVALID_OBJECT");
        Report told = session.awaitReport();
        assertThat(condition(told, "Ready").getReason()).isEqualTo("ReportRefused");
        assertThat(condition(told, "Stalled").getStatus()).isEqualTo("True");
        assertThat(condition(told, "Stalled").getMessage()).contains("INVALID_OBJECT");
        session.answer(told, 10);
        Report again = session.awaitReport();

        assertThat(position(again)).isEqualTo(7);
        assertThat(condition(again, "Stalled").getStatus()).isEqualTo("False");
        assertThat(calls.get()).isEqualTo(2);
        journal.await("problem INVALID_OBJECT");
    }

    @Test
    void whatTheServerCannotTakeJustNowIsSaidAgainLater() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        start((robot, context) -> {
            calls.incrementAndGet();
            assertThat(context.reported()).isEqualTo(robot.generation() == 1);
            return Result.ready("Arrived").status("position", robot.spec().integer("target"));
        });
        ScriptedSession session = welcomed().snapshot(9, robot("r1", 5, 7));
        Report report = session.awaitReport();

        session.refuse(report, Status.Code.RESOURCE_EXHAUSTED, "RATE_LIMITED");
        Report again = session.awaitReport();
        assertThat(again.toBuilder().setSeq(report.getSeq()).build()).isEqualTo(report);
        session.refuse(again, Status.Code.ABORTED, "CONTENTION");
        Report third = session.awaitReport();
        session.modified(robot("r1", "uid-r1", 2, 11, 8));
        journal.await("reconciled r1@2");
        session.refuse(third, Status.Code.UNAVAILABLE, "STOPPING");

        assertThat(position(session.awaitReport())).as("the newer one instead").isEqualTo(8);
        assertThat(calls).hasValue(2);
        assertThat(journal.take()).noneMatch(line -> line.startsWith("problem"));
    }

    @Test
    void theDelayThatTheServerNamesIsKept() throws InterruptedException {
        start((robot, context) -> Result.ready("Arrived").status("position", 7));
        ScriptedSession session = welcomed().snapshot(9, robot("r1", 5, 7));
        Report report = session.awaitReport();

        long refused = System.nanoTime();
        session.refuse(report, Status.Code.RESOURCE_EXHAUSTED, "RATE_LIMITED", Duration.ofMillis(700));
        session.awaitReport();

        assertThat(Duration.ofNanos(System.nanoTime() - refused)).isGreaterThanOrEqualTo(Duration.ofMillis(700));
    }

    @Test
    void whatWasUnderWayWhenASubscriptionEndedIsSaidAgainInTheNext() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        start((robot, context) -> {
            calls.incrementAndGet();
            return Result.ready("Arrived").status("position", 7);
        });
        ScriptedSession session = welcomed().snapshot(9, robot("r1", 5, 7));
        Report report = session.awaitReport();

        session.state(1, SubscriptionState.State.STATE_ENDED, Status.Code.NOT_FOUND, "TYPE_NOT_FOUND");
        session.refuse(report, Status.Code.INVALID_ARGUMENT, "BAD_REQUEST");
        assertThat(session.await().getSubscribe().getSubscription()).isEqualTo(2);
        session.say(state(2, SubscriptionState.State.STATE_ACTIVE, Resume.RESUME_DELTA));

        Report again = session.awaitReport();
        assertThat(again.getSubscription()).isEqualTo(2);
        assertThat(position(again)).isEqualTo(7);
        assertThat(condition(again, "Ready").getReason()).isEqualTo("Arrived");
        assertThat(calls).hasValue(1);
        assertThat(journal.take()).noneMatch(line -> line.startsWith("problem"));
    }

    private static ConnectResponse.Builder state(int subscription, SubscriptionState.State state, Resume resume) {
        return ConnectResponse.newBuilder()
                .setSubscriptionState(SubscriptionState.newBuilder()
                        .setSubscription(subscription)
                        .setState(state)
                        .setResume(resume));
    }

    @Test
    void whatIsNoLongerOnesOwnIsNotInsistedOn() throws InterruptedException {
        start((robot, context) -> Result.ready("Arrived").status("position", 7));
        ScriptedSession session = welcomed().snapshot(9, robot("r1", 5, 7));

        session.refuse(session.awaitReport(), Status.Code.FAILED_PRECONDITION, "NOT_DRIVER");
        session.left(robot("r1", 5, 7), 10).added(robot("r2", 11, 7));

        assertThat(session.awaitReport().getName()).isEqualTo("r2");
        assertThat(journal.take()).noneMatch(line -> line.startsWith("problem"));
    }

    @Test
    void aReportThatIsTooLargeIsNotSent() throws InterruptedException {
        start((robot, context) -> Result.ready("Arrived").status("text", "x".repeat(5_000)));
        ScriptedSession session = server.awaitSession();
        session.welcome(
                session.awaitHello(),
                Resume.RESUME_SNAPSHOT,
                SessionLimits.newBuilder().setMessageBytes(4_000).build());
        session.snapshot(9, robot("r1", 5, 7));

        Report told = session.awaitReport();

        assertThat(condition(told, "Stalled").getMessage()).startsWith("REPORT_TOO_LARGE");
        assertThat(told.getSerializedSize()).isLessThan(4_000);
    }

    @Test
    void whatAReconcilerThrowsIsShownAndTriedAgain() throws InterruptedException {
        start((robot, context) -> {
            if (context.failures() < 2) {
                robot.spec().string("target");
            }
            return Result.ready("Arrived");
        });
        ScriptedSession session = welcomed().snapshot(9, robot("r1", 5, 7));

        Report failed = session.await().getReport();
        assertThat(condition(failed, "Ready").getReason()).isEqualTo("ReconcileFailed");
        assertThat(condition(failed, "Ready").getMessage()).isEqualTo("spec.target is 7: it must be a string");
        session.answer(failed, 10);
        assertThat(session.await().hasAck())
                .as("not acknowledged before it succeeds")
                .isTrue();
        Report ready = session.awaitReport();
        assertThat(condition(ready, "Ready").getStatus()).isEqualTo("True");
        assertThat(condition(ready, "Stalled").getStatus()).isEqualTo("False");
    }

    @Test
    void aBlockedReconcilerHoldsUpNobodyElse() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        start((robot, context) -> {
            if (robot.name().equals("r1")) {
                release.await();
            }
            return Result.ready("Done").status("position", 1);
        });
        ScriptedSession session = welcomed().snapshot(9, robot("r1", 5, 7), robot("r2", 6, 7));

        assertThat(session.awaitReport().getName()).isEqualTo("r2");
        release.countDown();
        assertThat(session.awaitReport().getName()).isEqualTo("r1");
    }

    private static dev.proreus.v1.Object withStatusOf(Report report, long resourceVersion) {
        dev.proreus.v1.Object robot = robot("r1", "uid-r1", 2, resourceVersion, 7);
        return robot.toBuilder().setStatus(StatusOf.report(report)).build();
    }
}
