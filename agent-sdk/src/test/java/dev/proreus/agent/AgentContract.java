package dev.proreus.agent;

import dev.proreus.agent.scripted.ScriptedServer;
import dev.proreus.agent.scripted.ScriptedSession;
import dev.proreus.v1.Resume;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/**
 * What tests of an agent against a scripted server share: the server, the journal, and agents that are closed at the
 * end.
 */
abstract class AgentContract {
    static final Duration LONGEST_RETRY = Duration.ofMillis(100);
    static final Duration PATIENCE = Duration.ofSeconds(60);

    final ScriptedServer server = ScriptedServer.start();
    final Journal journal = new Journal();
    private final List<Agent> agents = new ArrayList<>();

    @AfterEach
    void closeAll() {
        agents.forEach(agent -> agent.close(Duration.ZERO));
        server.close();
    }

    /** Starts an agent that drives the robots assigned to it. */
    Agent start(Reconciler reconciler) {
        return start(agent().manage("robots", h -> h.assignedTo("me").reconcile(reconciler)));
    }

    Agent start(AgentBuilder builder) {
        Agent agent = builder.start();
        agents.add(agent);
        return agent;
    }

    AgentBuilder agent() {
        return Agent.builder(server.target())
                .workspace("root:acme")
                .name("me")
                .reconnect(Duration.ofMillis(10), LONGEST_RETRY)
                .listener(journal);
    }

    /** Waits for a session and welcomes it with a snapshot to come. */
    ScriptedSession welcomed() throws InterruptedException {
        return server.awaitSession().welcome(Resume.RESUME_SNAPSHOT);
    }

    /** Moves a robot one step; done where it has arrived. */
    static Result step(AgentObject robot) {
        long target = robot.spec().integer("target");
        long position = robot.status().integer("position", 0);
        if (position == target) {
            return Result.ready("Arrived").status("position", position);
        }
        return Result.progressing("Moving")
                .status("position", position + Long.signum(target - position))
                .again(Duration.ofMillis(1));
    }
}
