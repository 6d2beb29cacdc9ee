package dev.proreus.loadtest.fleet;

import static dev.proreus.agent.scripted.Robots.at;
import static dev.proreus.agent.scripted.Robots.condition;
import static dev.proreus.agent.scripted.Robots.position;
import static dev.proreus.agent.scripted.Robots.robot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.agent.scripted.ScriptedServer;
import dev.proreus.agent.scripted.ScriptedSession;
import dev.proreus.v1.Hello;
import dev.proreus.v1.Report;
import dev.proreus.v1.Resume;
import dev.proreus.v1.SessionLimits;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FleetTest {
    private static final Duration QUICK = Duration.ofMillis(1);

    /** A fleet that waits for no goodbye: the scripted server answers none. */
    private static Fleet fleet(ScriptedServer server, String... workspaces) {
        return Fleet.start(server.target(), List.of(workspaces), "fleet", QUICK, Duration.ZERO);
    }

    @Test
    void robotsMoveStepByStepAndArrive() throws InterruptedException {
        try (ScriptedServer server = ScriptedServer.start();
                Fleet fleet = fleet(server, "root:acme")) {
            assertThat(fleet).isNotNull();
            ScriptedSession session = server.awaitSession().welcome(Resume.RESUME_SNAPSHOT);
            session.snapshot(9, at(robot("r1", 5, 3), 7));
            for (int step = 6; step >= 3; step--) {
                Report report = session.awaitReport();
                assertThat(position(report)).isEqualTo(step);
                assertThat(condition(report, "Ready").getStatus()).isEqualTo(step == 3 ? "True" : "False");
                assertThat(condition(report, "Reconciling").getStatus()).isEqualTo(step == 3 ? "False" : "True");
                assertThat(condition(report, "Ready").getReason()).isEqualTo(step == 3 ? "Arrived" : "Moving");
                session.answer(report, 20 - step);
            }
        }
    }

    @Test
    void aRobotTakesNoStepBeforeTheLastOneIsDurable() throws InterruptedException {
        try (ScriptedServer server = ScriptedServer.start();
                Fleet fleet = fleet(server, "root:acme")) {
            assertThat(fleet).isNotNull();
            ScriptedSession first = server.awaitSession().welcome(Resume.RESUME_SNAPSHOT);
            first.snapshot(9, robot("r1", 5, 2));
            assertThat(position(first.awaitReport())).isEqualTo(1);
            first.fail(Status.Code.UNAVAILABLE, "STOPPING");

            ScriptedSession second = server.awaitSession().welcome(Resume.RESUME_DELTA);
            Report again = second.awaitReport();
            assertThat(position(again)).isEqualTo(1);
            second.answer(again, 10);
            assertThat(position(second.awaitReport())).isEqualTo(2);
        }
    }

    @Test
    void eachWorkspaceHasASessionAndWaitsForWhatIsNotThere() throws InterruptedException {
        try (ScriptedServer server = ScriptedServer.start();
                Fleet fleet = fleet(server, "root:acme", "root:globex")) {
            assertThat(fleet).isNotNull();
            server.awaitSession().fail(Status.Code.NOT_FOUND, "WORKSPACE_NOT_FOUND");
            Set<String> welcomed = new TreeSet<>();
            while (welcomed.size() < 2) {
                ScriptedSession session = server.awaitSession();
                Hello hello = session.awaitHello();
                assertThat(hello.getAgent()).isEqualTo("fleet");
                assertThat(hello.getSubscriptions(0).getAssignmentValue()).isEqualTo("fleet");
                session.welcome(hello, Resume.RESUME_SNAPSHOT, SessionLimits.getDefaultInstance());
                welcomed.add(hello.getWorkspace());
            }
            assertThat(welcomed).containsExactly("root:acme", "root:globex");
        }
    }
}
