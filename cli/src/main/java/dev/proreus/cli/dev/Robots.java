package dev.proreus.cli.dev;

import dev.proreus.cli.field.Conditions;
import dev.proreus.cli.watch.Change;
import dev.proreus.v1.Condition;
import dev.proreus.v1.Object;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The robots of all workspaces as they are known, and what is expected of those that this run gave a target. */
final class Robots {
    private final SortedMap<RobotName, Object> known = new TreeMap<>();
    private final Map<RobotName, Long> expected = new TreeMap<>();

    /** Takes a change into account; one that is gone is expected no more. */
    void changed(String workspace, Change change) {
        RobotName name = new RobotName(workspace, change.object().getMetadata().getName());
        switch (change.kind()) {
            case ADDED, MODIFIED -> known.put(name, change.object());
            case DELETED, LEFT -> {
                known.remove(name);
                expected.remove(name);
            }
        }
    }

    /** Returns all of them, in order. */
    SortedMap<RobotName, Object> all() {
        return known;
    }

    Optional<Object> find(RobotName name) {
        return Optional.ofNullable(known.get(name));
    }

    /** Expects a robot to become Ready at a generation. */
    void expect(RobotName name, long generation) {
        expected.put(name, generation);
    }

    /** Returns how many are expected to become Ready, those that are so included. */
    int expected() {
        return expected.size();
    }

    /** Returns a line for each robot that is expected to be Ready and is not. */
    List<String> unready() {
        List<String> lines = new ArrayList<>();
        expected.forEach((name, generation) -> {
            Object robot = known.get(name);
            if (robot == null) {
                lines.add(name + ": not seen yet");
            } else if (!isReady(robot, generation)) {
                lines.add(name + ": " + standing(robot));
            }
        });
        return lines;
    }

    private static boolean isReady(Object robot, long generation) {
        long now = robot.getMetadata().getGeneration();
        return now >= generation
                && Conditions.find(robot, "Ready")
                        .filter(ready -> ready.getStatus().equals("True") && ready.getObservedGeneration() == now)
                        .isPresent();
    }

    private static String standing(Object robot) {
        String ready = Conditions.find(robot, "Ready")
                .map(Condition::getStatus)
                .map(status -> "Ready is " + status)
                .orElse("no agent has reported Ready");
        return ready + ", generation " + robot.getMetadata().getGeneration() + ", observed "
                + Conditions.observedGeneration(robot);
    }
}
