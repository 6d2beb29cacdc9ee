package dev.proreus.loadtest.fleet;

import dev.proreus.agent.AgentObject;
import dev.proreus.agent.Result;
import java.time.Duration;

/** How a simulated robot moves: one step of the line towards its target at a time, each step one report. */
final class Robots {
    private final Duration step;

    /** Makes robots that take a step each {@code step}. */
    Robots(Duration step) {
        this.step = step;
    }

    Result reconcile(AgentObject robot) {
        long target = robot.spec().integer("target", 0);
        long position = robot.status().integer("position", 0);
        if (position == target && robot.status().has("position")) {
            return Result.ready("Arrived").status("position", position);
        }
        long next = position + Long.signum(target - position);
        return next == target
                ? Result.ready("Arrived").status("position", next)
                : Result.progressing("Moving").status("position", next).again(step);
    }
}
