package dev.proreus.examples.robot;

import dev.proreus.agent.Agent;
import dev.proreus.agent.AgentObject;
import dev.proreus.agent.Result;
import java.time.Duration;

/** Drives the robots whose {@code spec.agent} is its name: moves each step by step to {@code spec.target}. */
public final class RobotAgent {
    private RobotAgent() {}

    /** Runs until Ctrl-C. Takes the server, the workspace and the agent's name: {@code 127.0.0.1:8490 root:acme me}. */
    public static void main(String[] args) throws InterruptedException {
        try (Agent agent = start(args[0], args[1], args[2])) {
            agent.awaitTermination();
        }
    }

    static Agent start(String server, String workspace, String name) {
        return Agent.builder(server)
                .workspace(workspace)
                .name(name)
                .manage("robots", robots -> robots.assignedTo(name).reconcile((robot, context) -> step(robot)))
                .start();
    }

    private static Result step(AgentObject robot) {
        long target = robot.spec().integer("target");
        long position = robot.status().integer("position", 0);
        if (position == target) {
            return Result.ready("Arrived").status("position", position);
        }
        return Result.progressing("Moving")
                .status("position", position + Long.signum(target - position))
                .again(Duration.ofMillis(200));
    }
}
