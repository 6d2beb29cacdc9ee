package dev.proreus.agent.scripted;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.v1.Condition;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.Report;

/** Robots as a server sends them. */
public final class Robots {
    private Robots() {}

    /** Returns a robot of generation 1 that has never been reported on; its uid is that of its name. */
    public static Object robot(String name, long resourceVersion, int target) {
        return robot(name, "uid-" + name, 1, resourceVersion, target);
    }

    /** Returns a robot that has never been reported on. */
    public static Object robot(String name, String uid, long generation, long resourceVersion, int target) {
        return Object.newBuilder()
                .setApiVersion("fleet.example.com/v1")
                .setKind("Robot")
                .setMetadata(ObjectMeta.newBuilder()
                        .setName(name)
                        .setUid(uid)
                        .setGeneration(generation)
                        .setResourceVersion(resourceVersion)
                        .putLabels("shelf", "a"))
                .setSpec(Struct.newBuilder()
                        .putFields(
                                "agent", Value.newBuilder().setStringValue("me").build())
                        .putFields("target", number(target)))
                .build();
    }

    /** Returns a robot with a position in its status. */
    public static Object at(Object robot, int position) {
        return robot.toBuilder()
                .setStatus(robot.getStatus().toBuilder().putFields("position", number(position)))
                .build();
    }

    /** Returns the position that a report tells. */
    public static int position(Report report) {
        return (int) report.getStatus().getFieldsOrThrow("position").getNumberValue();
    }

    /** Returns the condition of a type that a report tells. */
    public static Condition condition(Report report, String type) {
        return report.getConditionsList().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no condition " + type + " in " + report));
    }

    private static Value number(int value) {
        return Value.newBuilder().setNumberValue(value).build();
    }
}
