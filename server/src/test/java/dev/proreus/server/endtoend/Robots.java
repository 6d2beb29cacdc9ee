package dev.proreus.server.endtoend;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.Struct;
import dev.proreus.v1.Object;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The robots that tests move: five in each workspace, of the same names. */
final class Robots {
    static final int COUNT = 5;

    /** Long: sessions come back after a kill, on a machine that builds meanwhile. */
    private static final Duration CONVERGED_WITHIN = Duration.ofSeconds(60);

    private Robots() {}

    /** Gives every robot a target, and returns the robots as acknowledged. */
    static List<Object> retarget(Api api, List<String> workspaces, int round) {
        List<Object> robots = new ArrayList<>();
        for (String workspace : workspaces) {
            for (int robot = 1; robot <= COUNT; robot++) {
                double target = round % 2 == 0 ? robot : robot + 20.0;
                Struct spec = Api.struct(Map.of("agent", Api.text("fleet"), "target", Api.number(target)));
                robots.add(api.apply(workspace, "robots", "robot-" + robot, spec));
            }
        }
        return robots;
    }

    static void awaitConverged(Api api, List<String> workspaces) {
        for (String workspace : workspaces) {
            for (int robot = 1; robot <= COUNT; robot++) {
                String name = "robot-" + robot;
                await(workspace + "/" + name)
                        .atMost(CONVERGED_WITHIN)
                        .until(() -> api.get(workspace, "robots", name), Robots::converged);
            }
        }
    }

    private static boolean converged(Object robot) {
        Struct status = robot.getStatus();
        double position = status.getFieldsOrDefault("position", Api.number(-1)).getNumberValue();
        double observed =
                status.getFieldsOrDefault("observedGeneration", Api.number(0)).getNumberValue();
        return position == robot.getSpec().getFieldsOrThrow("target").getNumberValue()
                && observed == robot.getMetadata().getGeneration();
    }
}
