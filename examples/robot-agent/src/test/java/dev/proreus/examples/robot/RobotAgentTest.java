package dev.proreus.examples.robot;

import static dev.proreus.agent.scripted.Robots.condition;
import static dev.proreus.agent.scripted.Robots.position;
import static dev.proreus.agent.scripted.Robots.robot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.agent.Agent;
import dev.proreus.agent.scripted.ScriptedServer;
import dev.proreus.agent.scripted.ScriptedSession;
import dev.proreus.v1.Hello;
import dev.proreus.v1.Report;
import dev.proreus.v1.Resume;
import dev.proreus.v1.SessionLimits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RobotAgentTest {
    @Test
    void robotsGoToTheirTargets() throws InterruptedException {
        try (ScriptedServer server = ScriptedServer.start();
                Agent agent = RobotAgent.start(server.target(), "root:acme", "me")) {
            ScriptedSession session = server.awaitSession();
            Hello hello = session.awaitHello();
            assertThat(hello.getSubscriptions(0).getAssignmentValue()).isEqualTo("me");
            session.welcome(hello, Resume.RESUME_SNAPSHOT, SessionLimits.getDefaultInstance());
            session.snapshot(9, robot("robot-me", 5, 2));

            Report report = session.awaitReport();
            for (int revision = 10; condition(report, "Ready").getStatus().equals("False"); revision++) {
                session.answer(report, revision);
                report = session.awaitReport();
            }
            assertThat(position(report)).isEqualTo(2);
            assertThat(condition(report, "Ready").getReason()).isEqualTo("Arrived");
            session.answer(report, 20);
            assertThat(agent.health().isGreen()).isTrue();
            agent.close(Duration.ZERO); // the scripted server answers no goodbye
        }
    }
}
