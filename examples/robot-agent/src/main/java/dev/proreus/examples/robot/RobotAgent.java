package dev.proreus.examples.robot;

import dev.proreus.agent.Agent;
import dev.proreus.agent.AgentObject;
import dev.proreus.agent.Result;
import java.time.Duration;

/** Drives the robots whose spec.agent names it: arguments are the server, the workspace and the agent's name. */
public final class RobotAgent {
    private RobotAgent() {}

    public static void main(String[] args) throws InterruptedException {
        try (Agent agent = Agent.builder(args[0])
                .workspace(args[1])
                .name(args[2])
                .manage("robots", robots -> robots.assignedTo(args[2]).reconcile((robot, context) -> step(robot)))
                .start()) {
            agent.awaitTermination();
        }
    }

    static Result step(AgentObject robot) {
        long target = robot.spec().integer("target");
        long position = robot.status().integer("position", 0);
        if (position == target) {
            return Result.ready("Arrived").status("position", position);
        }
        long next = position + Long.signum(target - position);
        return Result.progressing("Moving").status("position", next).again(Duration.ofMillis(200));
    }
}
