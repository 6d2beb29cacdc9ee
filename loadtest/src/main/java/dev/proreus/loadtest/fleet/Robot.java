package dev.proreus.loadtest.fleet;

import dev.proreus.agent.AgentObject;
import dev.proreus.agent.ReconcileContext;
import dev.proreus.agent.Reconciler;
import dev.proreus.agent.Result;
import java.time.Duration;

/**
 * How a simulated robot moves: {@code status.position}, a whole number, goes one step towards {@code spec.target} at a
 * time.
 *
 * <p>Where it stands is known from its status alone, so a fleet that starts anew goes on where the last one stopped. It
 * takes no step before the last one is durable, so that every step can be seen, also by who looks on while the server
 * is slow or away.
 */
final class Robot implements Reconciler {
    /** How soon to look again whether the last step is durable. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Duration stepTime;

    /**
     * Makes a way to move.
     *
     * @param stepTime how long a step takes
     */
    Robot(Duration stepTime) {
        this.stepTime = stepTime;
    }

    @Override
    public Result reconcile(AgentObject robot, ReconcileContext context) {
        long target = robot.spec().integer("target");
        long position = robot.status().integer("position", 0);
        long next = context.reported() ? position + Long.signum(target - position) : position;
        if (next == target) {
            return Result.ready("Arrived").status("position", next);
        }
        return Result.progressing("Moving")
                .message("at " + next + " on the way to " + target)
                .status("position", next)
                .again(context.reported() ? stepTime : LOOK_AGAIN);
    }
}
