package dev.proreus.cli.dev;

import java.util.Comparator;

/**
 * Which robot.
 *
 * @param workspace path of its workspace
 * @param name its name there
 */
record RobotName(String workspace, String name) implements Comparable<RobotName> {
    /** By workspace, then by name, where robot-2 comes before robot-10. */
    private static final Comparator<RobotName> ORDER = Comparator.comparing(RobotName::workspace)
            .thenComparing(robot -> robot.name().replaceFirst("[0-9]{1,9}$", ""))
            .thenComparingInt(robot -> robot.name().length())
            .thenComparing(RobotName::name);

    @Override
    public int compareTo(RobotName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return workspace + " " + name;
    }
}
