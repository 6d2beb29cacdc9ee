package dev.proreus.cli.testing;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import java.time.Instant;

/** Makes robots as a server would hold them. */
public final class RobotBuilder {
    private final Object.Builder robot =
            Object.newBuilder().setApiVersion("fleet.example.com/v1").setKind("Robot");

    private RobotBuilder(String name) {
        robot.setMetadata(ObjectMeta.newBuilder().setName(name).setGeneration(1));
        robot.getSpecBuilder().putFields("agent", text("fleet"));
    }

    public static RobotBuilder robot(String name) {
        return new RobotBuilder(name);
    }

    /** Starts from a robot as it was. */
    public static RobotBuilder from(Object before) {
        RobotBuilder builder = new RobotBuilder(before.getMetadata().getName());
        builder.robot.clear().mergeFrom(before);
        return builder;
    }

    public RobotBuilder agent(String agent) {
        robot.getSpecBuilder().putFields("agent", text(agent));
        return this;
    }

    public RobotBuilder target(int target) {
        robot.getSpecBuilder().putFields("target", number(target));
        return this;
    }

    public RobotBuilder generation(long generation) {
        robot.getMetadataBuilder().setGeneration(generation);
        return this;
    }

    public RobotBuilder version(String uid, long resourceVersion) {
        robot.getMetadataBuilder().setUid(uid).setResourceVersion(resourceVersion);
        return this;
    }

    /** Has its deletion asked for an hour ago, and somebody who must act before it goes. */
    public RobotBuilder deleting(String finalizer) {
        robot.getMetadataBuilder()
                .setDeletionTimestamp(Timestamp.newBuilder()
                        .setSeconds(Instant.parse("2026-11-23T01:00:00Z").getEpochSecond()))
                .addFinalizers(finalizer);
        return this;
    }

    public RobotBuilder position(int position) {
        robot.getStatusBuilder().putFields("position", number(position));
        return this;
    }

    /** Says the only condition and the generation that it speaks of. */
    public RobotBuilder condition(String type, String status, long generation) {
        Struct condition = Struct.newBuilder()
                .putFields("type", text(type))
                .putFields("status", text(status))
                .putFields("reason", text("Moved"))
                .putFields("message", text("as told"))
                .putFields("observedGeneration", number((double) generation))
                .putFields("lastTransitionTime", text("2026-11-23T01:00:00Z"))
                .build();
        robot.getStatusBuilder()
                .putFields("observedGeneration", number((double) generation))
                .putFields(
                        "conditions",
                        Value.newBuilder()
                                .setListValue(ListValue.newBuilder()
                                        .addValues(Value.newBuilder().setStructValue(condition)))
                                .build());
        return this;
    }

    public Object build() {
        return robot.build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static Value number(double number) {
        return Value.newBuilder().setNumberValue(number).build();
    }
}
