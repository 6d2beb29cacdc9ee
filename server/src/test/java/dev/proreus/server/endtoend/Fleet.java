package dev.proreus.server.endtoend;

import static org.awaitility.Awaitility.await;

import dev.proreus.agent.Agent;
import dev.proreus.agent.AgentListener;
import dev.proreus.agent.AgentObject;
import dev.proreus.agent.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One agent a workspace on the public SDK, which moves each robot a step at a time. */
final class Fleet implements AutoCloseable {
    private final List<Agent> agents = new ArrayList<>();
    private final List<List<AgentListener.Resumed>> sessions = new ArrayList<>();

    Fleet(String address, List<String> workspaces) {
        for (String workspace : workspaces) {
            List<AgentListener.Resumed> resumes = new CopyOnWriteArrayList<>();
            sessions.add(resumes);
            agents.add(Agent.builder(address)
                    .workspace(workspace)
                    .name("fleet")
                    .manage("robots", robots -> robots.assignedTo("fleet").reconcile((robot, context) -> step(robot)))
                    .reconnect(Duration.ofMillis(50), Duration.ofSeconds(1))
                    .listener(new AgentListener() {
                        @Override
                        public void connected(String session, long epoch, List<Resumed> resumed) {
                            resumes.addAll(resumed);
                        }
                    })
                    .start());
        }
    }

    private static Result step(AgentObject robot) {
        long target = robot.spec().integer("target", 0);
        long position = robot.status().integer("position", 0);
        if (position == target) {
            return Result.ready("Arrived").status("position", position);
        }
        long next = position + Long.signum(target - position);
        return Result.progressing("Moving").status("position", next).again(Duration.ofMillis(20));
    }

    void awaitSessions(int count) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> sessions.stream().allMatch(resumes -> resumes.size() >= count));
    }

    List<AgentListener.Resumed> resumesAfterTheFirst() {
        return sessions.stream().flatMap(resumes -> resumes.stream().skip(1)).toList();
    }

    @Override
    public void close() {
        agents.forEach(Agent::close);
    }
}
