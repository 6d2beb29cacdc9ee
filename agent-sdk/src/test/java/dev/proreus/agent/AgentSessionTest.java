package dev.proreus.agent;

import static dev.proreus.agent.scripted.Robots.at;
import static dev.proreus.agent.scripted.Robots.position;
import static dev.proreus.agent.scripted.Robots.robot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.agent.scripted.ScriptedSession;
import dev.proreus.v1.ConnectRequest;
import dev.proreus.v1.Cursor;
import dev.proreus.v1.HeartbeatMode;
import dev.proreus.v1.Hello;
import dev.proreus.v1.Report;
import dev.proreus.v1.Resume;
import dev.proreus.v1.Role;
import dev.proreus.v1.SessionLimits;
import dev.proreus.v1.Subscribe;
import dev.proreus.v1.SubscriptionState;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How sessions begin, end and go on. */
class AgentSessionTest extends AgentContract {
    @Test
    void helloSaysWhoAndWhat() throws InterruptedException {
        Reconciler none = (object, context) -> Result.ready("Done");
        Agent agent = start(agent().manage("robots", h -> h.assignedTo("me").reconcile(none))
                .manage("Dock", h -> h.named("dock-1").reconcile(none))
                .manage("doors", h -> h.wholeType().reconcile(none)));
        ScriptedSession session = server.awaitSession();
        Hello hello = session.awaitHello();

        assertThat(hello.getWorkspace()).isEqualTo("root:acme");
        assertThat(hello.getAgent()).isEqualTo("me");
        assertThat(hello.getInstance()).hasSize(16);
        assertThat(hello.getSdk()).isEqualTo("java/0.1.0");
        assertThat(hello.getHeartbeat()).isEqualTo(HeartbeatMode.HEARTBEAT_MODE_TRANSPORT);
        assertThat(hello.getSubscriptionsList())
                .containsExactly(
                        subscribe(1, "robots").setAssignmentValue("me").build(),
                        subscribe(2, "Dock").setName("dock-1").build(),
                        subscribe(3, "doors").setWholeType(true).build());
        assertThat(agent.health().isGreen()).isFalse();
        assertThat(agent.health().reason()).isEqualTo("not connected yet");
    }

    @Test
    void aReconnectResumesWhereTheViewStands() throws InterruptedException {
        Agent agent = start((robot, context) -> Result.ready("Done").status("position", 1));
        ScriptedSession first = server.awaitSession();
        Hello hello = first.awaitHello();
        first.welcome(hello, Resume.RESUME_SNAPSHOT, limits()).snapshot(9, robot("r1", 5, 7));
        first.answer(first.awaitReport(), 10);
        first.added(robot("r2", 12, 7));
        first.answer(first.awaitReport(), 13);
        assertThat(agent.awaitConnected(PATIENCE)).isTrue();
        journal.await("reported r2");
        first.fail(Status.Code.UNAVAILABLE, "STOPPING");

        ScriptedSession second = server.awaitSession();
        Hello again = second.awaitHello();
        assertThat(again.getInstance()).isEqualTo(hello.getInstance());
        assertThat(again.getSubscriptions(0).getCursor())
                .isEqualTo(Cursor.newBuilder()
                        .setRevision(12)
                        .setIncarnation(ScriptedSession.INCARNATION)
                        .build());
        journal.await("disconnected STOPPING: scripted STOPPING");
        second.welcome(again, Resume.RESUME_DELTA, limits());
        journal.await("connected 7 [DELTA]");
        second.modified(robot("r1", "uid-r1", 2, 15, 8));
        assertThat(second.awaitReport().getObservedGeneration()).isEqualTo(2);
        assertThat(agent.health()).isEqualTo(AgentHealth.green());
    }

    @Test
    void whatCameAfterTheLastBookmarkDoesNotCount() throws InterruptedException {
        start((robot, context) -> Result.ready("Done").status("position", 1));
        ScriptedSession first = welcomed().snapshot(9, robot("r1", 5, 7), robot("r2", 6, 7));
        first.answer(first.awaitReport(), 10).answer(first.awaitReport(), 11);
        first.modifiedAmongOthers(robot("r2", "uid-r2", 2, 15, 8)).modified(robot("r1", "uid-r1", 2, 16, 8));
        first.answer(first.awaitReport(), 16).answer(first.awaitReport(), 16);
        first.modifiedAmongOthers(robot("r2", "uid-r2", 3, 17, 9));
        first.fail(Status.Code.UNAVAILABLE, "STOPPING");

        ScriptedSession second = server.awaitSession();
        Hello hello = second.awaitHello();
        assertThat(hello.getSubscriptions(0).getCursor())
                .isEqualTo(Cursor.newBuilder()
                        .setRevision(16)
                        .setIncarnation(ScriptedSession.INCARNATION)
                        .build());
        second.welcome(hello, Resume.RESUME_DELTA, limits());
        second.modified(robot("r2", "uid-r2", 4, 18, 9));
        long reported = 0;
        while (reported < 4) {
            reported = second.awaitReport().getObservedGeneration();
            assertThat(reported).isNotEqualTo(3);
        }
    }

    @Test
    void aKilledServerIsFoundAgainAndOnlyTheNewestIsReported() throws InterruptedException {
        start((robot, context) -> step(robot));
        ScriptedSession first = welcomed().snapshot(9, robot("r1", 5, 50));
        first.answer(first.awaitReport(), 10);
        Report unanswered = first.awaitReport();
        server.kill();
        journal.await("disconnected");
        journal.await("reconciled r1@1 READY");
        server.restart();
        ScriptedSession second = server.awaitSession().welcome(Resume.RESUME_DELTA);
        assertThat(journal.longestRetry()).isLessThanOrEqualTo(LONGEST_RETRY);

        Report report = second.awaitReport();
        assertThat(position(unanswered)).isLessThan(50);
        assertThat(position(report)).isEqualTo(50);
        second.answer(report, 60);
        journal.await("reported r1@60");
        assertThat(second.poll()).isNull();
    }

    @Test
    void anUnansweredReportIsSentAgainWhereItIsTheNewest() throws InterruptedException {
        start((robot, context) -> Result.ready("Done").status("position", 1));
        ScriptedSession first = welcomed().snapshot(9, robot("r1", 5, 7));
        Report unanswered = first.awaitReport();
        first.fail(Status.Code.UNAVAILABLE, "STOPPING");

        ScriptedSession second = server.awaitSession().welcome(Resume.RESUME_DELTA);

        assertThat(second.awaitReport().toBuilder().setSeq(0).build())
                .isEqualTo(unanswered.toBuilder().setSeq(0).build());
    }

    @Test
    void duringASnapshotNothingIsSaidAndWhatHasGoneIsForgotten() throws InterruptedException {
        start((robot, context) -> Result.ready("Done").status("position", 1));
        ScriptedSession first = welcomed().snapshot(9, robot("r1", 5, 7), robot("r2", 6, 7));
        first.awaitReport();
        first.awaitReport();
        first.fail(Status.Code.UNAVAILABLE, "STOPPING");

        ScriptedSession second = server.awaitSession().welcome(Resume.RESUME_SNAPSHOT);
        journal.await("connected 7 [SNAPSHOT]");
        second.beginSnapshot(20).added(robot("r2", 6, 7));
        assertThat(second.poll()).isNull();
        second.bookmark(20, true, ScriptedSession.INCARNATION);

        assertThat(second.awaitReport().getName()).isEqualTo("r2");
        assertThat(second.poll()).isNull();
    }

    @Test
    void aSnapshotThatIsCutIsAskedForAgain() throws InterruptedException {
        start((robot, context) -> Result.ready("Done"));
        ScriptedSession first = welcomed().beginSnapshot(9).added(robot("r1", 5, 7));
        first.fail(Status.Code.UNAVAILABLE, "STOPPING");

        ScriptedSession second = server.awaitSession();
        Hello hello = second.awaitHello();

        assertThat(hello.getSubscriptions(0).hasCursor()).isFalse();
        assertThat(journal.take()).noneMatch(line -> line.startsWith("reconciled"));
    }

    @Test
    void whatCannotBeTakenEndsTheSessionBelowIt() throws InterruptedException {
        start((robot, context) -> Result.ready("Done").status("position", 1));
        ScriptedSession first = welcomed().snapshot(9, robot("r1", 5, 7));
        first.answer(first.awaitReport(), 10);
        journal.await("reported r1@10");

        first.modifiedAmongOthers(spoiled(robot("r1", "uid-r1", 2, 11, 8)));
        first.modified(robot("r2", 12, 8));

        assertThat(first.awaitCancelled()).isTrue();
        ScriptedSession second = server.awaitSession();
        assertThat(second.awaitHello().getSubscriptions(0).getCursor().getRevision())
                .isEqualTo(9);
        assertThat(journal.take()).noneMatch(line -> line.startsWith("reconciled r2"));
    }

    /** Makes an object one that no server sends: its spec has a number that is none. */
    private static dev.proreus.v1.Object spoiled(dev.proreus.v1.Object object) {
        return object.toBuilder()
                .setSpec(Struct.newBuilder()
                        .putFields(
                                "target",
                                Value.newBuilder().setNumberValue(Double.NaN).build()))
                .build();
    }

    @Test
    void aNewHistoryThrowsAwayWhatWasUnderWay() throws InterruptedException {
        start((robot, context) -> step(robot));
        ScriptedSession first = welcomed().snapshot(9, robot("r1", 5, 3));
        first.awaitReport();
        journal.await("reconciled r1@1 READY");
        first.fail(Status.Code.UNAVAILABLE, "STOPPING");

        ScriptedSession second = server.awaitSession().welcome(Resume.RESUME_SNAPSHOT);
        second.snapshot(4, "inc-2", at(robot("r1", 2, 3), 1));

        assertThat(position(second.awaitReport())).isEqualTo(2);
    }

    @Test
    void statusOnlyChangesDoNotTriggerAndDeletionsEndTheWork() throws InterruptedException {
        start((robot, context) -> Result.progressing("Waiting").status("position", 0));
        ScriptedSession session = welcomed().snapshot(9, robot("r1", 5, 7), robot("r2", 6, 7));
        session.answer(session.awaitReport(), 10);
        session.answer(session.awaitReport(), 11);
        journal.await("reported");
        journal.await("reported");

        session.modified(at(robot("r1", 12, 7), 5))
                .deleted(robot("r2", 13, 7), 13)
                .modified(robot("r1", "uid-r1", 2, 14, 8));

        journal.await("reconciled r1@2");
        assertThat(session.awaitReport().getObservedGeneration()).isEqualTo(2);
        assertThat(journal.take()).noneMatch(line -> line.startsWith("reconciled"));
    }

    @Test
    void eventsGoWhereTheirRoutesSay() throws InterruptedException {
        CountDownLatch docks = new CountDownLatch(1);
        start(agent().manage(
                        "robots",
                        h -> h.assignedTo("me").reconcile((object, context) -> {
                            throw new AssertionError("not for this one");
                        }))
                .manage(
                        "docks",
                        h -> h.wholeType().reconcile((object, context) -> {
                            assertThat(object.type()).isEqualTo("docks");
                            docks.countDown();
                            return Result.ready("Done");
                        })));
        ScriptedSession session = server.awaitSession().welcome(Resume.RESUME_DELTA);

        session.route(new int[] {2}, robot("dock-1", 10, 0));

        assertThat(docks.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(session.awaitReport().getSubscription()).isEqualTo(2);
    }

    @Test
    void aRefusedClaimIsRedAndAskedForAgain() throws InterruptedException {
        Agent agent = start((robot, context) -> Result.ready("Done"));
        ScriptedSession session = server.awaitSession();
        session.welcome(Hello.getDefaultInstance(), Resume.RESUME_SNAPSHOT, limits());
        session.awaitHello();
        session.state(1, SubscriptionState.State.STATE_REFUSED, Status.Code.FAILED_PRECONDITION, "CLAIM_HELD");

        assertThat(journal.await("refused")).isEqualTo("refused robots CLAIM_HELD: scripted CLAIM_HELD");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(agent.health().reason())
                        .isEqualTo("claim on robots is not held: CLAIM_HELD: scripted CLAIM_HELD"));
        ConnectRequest again = session.await();
        assertThat(again.getSubscribe().getSubscription()).isEqualTo(2);
        assertThat(again.getSubscribe().getAssignmentValue()).isEqualTo("me");
        session.state(2, SubscriptionState.State.STATE_ACTIVE, Status.Code.OK, "");
        assertThat(agent.awaitConnected(PATIENCE)).isTrue();
    }

    @Test
    void aSupersededAgentStopsForGood() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        Agent agent = start((robot, context) -> {
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return Result.ready("Done");
        });
        ScriptedSession session = welcomed().snapshot(9, robot("r1", 5, 7));
        assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();

        session.supersede();

        assertThat(agent.awaitTermination(PATIENCE)).isTrue();
        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(agent.health().isGreen()).isFalse();
        assertThat(agent.health().reason()).startsWith("superseded: instance other has taken over");
        journal.await("superseded");
        assertThat(session.awaitCancelled()).isTrue();
        agent.close();
        assertThat(agent.health().reason()).startsWith("superseded");
        assertThat(server.isQuiet()).isTrue();
    }

    @Test
    void aHelloThatIsRefusedAsSupersededStopsToo() throws InterruptedException {
        Agent agent = start((robot, context) -> Result.ready("Done"));
        ScriptedSession session = server.awaitSession();
        session.awaitHello();

        session.failSuperseded();

        assertThat(agent.awaitTermination(PATIENCE)).isTrue();
        assertThat(agent.health().reason()).startsWith("superseded");
    }

    @Test
    void anAgentWhoseAgentObjectWasDeletedConnectsAgain() throws InterruptedException {
        start((robot, context) -> Result.ready("Done").status("position", 1));
        ScriptedSession first = welcomed().snapshot(9, robot("r1", 5, 7));
        Report report = first.awaitReport();
        first.refuse(report, Status.Code.FAILED_PRECONDITION, "SUPERSEDED");
        first.fail(Status.Code.FAILED_PRECONDITION, "SUPERSEDED");

        ScriptedSession second = server.awaitSession().welcome(Resume.RESUME_DELTA);

        assertThat(position(second.awaitReport())).isEqualTo(1);
    }

    @Test
    void whatIsNotThereYetIsTriedAgain() throws InterruptedException {
        Agent agent = start((robot, context) -> Result.ready("Done"));
        for (int i = 0; i < 3; i++) {
            ScriptedSession session = server.awaitSession();
            session.awaitHello();
            session.fail(Status.Code.NOT_FOUND, "WORKSPACE_NOT_FOUND");
            journal.await("disconnected WORKSPACE_NOT_FOUND");
        }
        assertThat(agent.health().reason()).contains("WORKSPACE_NOT_FOUND");
        welcomed();
        assertThat(agent.awaitConnected(PATIENCE)).isTrue();
    }

    @Test
    void drainMeansGoodbyeAndConnectAgain() throws InterruptedException {
        start((robot, context) -> Result.ready("Done").status("position", 1));
        ScriptedSession session = welcomed().snapshot(9, robot("r1", 5, 7));
        Report unanswered = session.awaitReport();

        session.drain();
        assertThat(session.awaitGoodbye()).isTrue();
        session.answer(unanswered, 10);
        session.end();

        ScriptedSession next = server.awaitSession().welcome(Resume.RESUME_DELTA);
        journal.await("connected");
        journal.await("reported r1@10");
        journal.await("connected");
        assertThat(next.poll()).isNull();
    }

    @Test
    void closingSendsWhatIsUnderWayAndSaysGoodbye() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Agent agent = start((robot, context) -> {
            running.countDown();
            release.await();
            return Result.ready("Done").status("position", 1);
        });
        ScriptedSession session = welcomed().snapshot(9, robot("r1", 5, 7));
        assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
        Thread closer = new Thread(agent::close);
        closer.start();
        release.countDown();

        Report last = session.awaitReport();
        assertThat(session.poll()).isNull();
        session.answer(last, 10);
        assertThat(session.awaitGoodbye()).isTrue();
        session.end();
        closer.join(PATIENCE.toMillis());
        assertThat(closer.isAlive()).isFalse();
        assertThat(agent.awaitTermination(PATIENCE)).isTrue();
        assertThat(agent.health().reason()).isEqualTo("closed");
    }

    @Test
    void closingDoesNotWaitForAServerThatIsAway() throws InterruptedException {
        server.kill();
        Agent agent = start((robot, context) -> Result.ready("Done"));
        journal.await("disconnected UNAVAILABLE");
        assertThat(agent.health().reason()).contains("Connection refused");

        long began = System.nanoTime();
        agent.close();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Agent.CLOSE_DEADLINE);
    }

    @Test
    void closingInterruptsWhatDoesNotEnd() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        Agent agent = start((robot, context) -> {
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return Result.ready("Done");
        });
        welcomed().snapshot(9, robot("r1", 5, 7));
        assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();

        agent.close(Duration.ofMillis(10));

        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void heartbeatMessagesComeWhereAskedFor() throws InterruptedException {
        start(agent().heartbeat(AgentPlan.Heartbeat.MESSAGE)
                .manage("robots", h -> h.wholeType().reconcile((object, context) -> Result.ready("Done"))));
        ScriptedSession session = server.awaitSession();
        Hello hello = session.awaitHello();
        assertThat(hello.getHeartbeat()).isEqualTo(HeartbeatMode.HEARTBEAT_MODE_MESSAGE);
        session.welcome(hello, Resume.RESUME_SNAPSHOT, limits());

        assertThat(session.await().hasHeartbeat()).isTrue();
        assertThat(session.await().hasHeartbeat()).isTrue();
    }

    private static SessionLimits limits() {
        return SessionLimits.getDefaultInstance();
    }

    private static Subscribe.Builder subscribe(int number, String type) {
        return Subscribe.newBuilder().setSubscription(number).setType(type).setRole(Role.ROLE_DRIVE);
    }
}
