package dev.proreus.cli.dev;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.cli.field.FieldPath;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import java.util.List;
import java.util.OptionalInt;

/** The resource type of the robots, and their objects. */
final class RobotForm {
    /** Full name of the type. */
    static final String TYPE = "robots.fleet.example.com";

    /** Value of spec.agent of those that the simulated fleet drives. */
    static final String FLEET = "fleet";

    private static final FieldPath AGENT = FieldPath.of("spec.agent");
    private static final FieldPath POSITION = FieldPath.of("status.position");

    private RobotForm() {}

    /** Returns the definition of the type. */
    static Object type() {
        return Object.newBuilder()
                .setApiVersion("proreus.dev/v1")
                .setKind("ResourceType")
                .setMetadata(ObjectMeta.newBuilder().setName(TYPE))
                .setSpec(Struct.newBuilder()
                        .putFields("group", text("fleet.example.com"))
                        .putFields("names", names())
                        .putFields(
                                "inherit", Value.newBuilder().setBoolValue(true).build())
                        .putFields("versions", list(struct("name", "v1")))
                        .putFields(
                                "printColumns",
                                list(column("Target", "spec.target"), column("Position", "status.position")))
                        .putFields("selectableFields", list(text("spec.agent")))
                        .putFields("assignmentField", text("spec.agent")))
                .build();
    }

    /** Returns a robot of the fleet that is to go to a target; with a uid, only where it is still that robot. */
    static Object robot(String name, String uid, int target) {
        return Object.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName(name).setUid(uid))
                .setSpec(Struct.newBuilder()
                        .putFields("agent", text(FLEET))
                        .putFields(
                                "target",
                                Value.newBuilder().setNumberValue(target).build()))
                .build();
    }

    /** Returns whether the simulated fleet drives the robot. */
    static boolean isOfFleet(Object robot) {
        return AGENT.word(robot).equals(FLEET);
    }

    /** Returns where the robot says that it is. */
    static OptionalInt position(Object robot) {
        return POSITION.find(robot)
                .filter(Value::hasNumberValue)
                .map(value -> OptionalInt.of((int) value.getNumberValue()))
                .orElse(OptionalInt.empty());
    }

    private static Value names() {
        return Value.newBuilder()
                .setStructValue(Struct.newBuilder()
                        .putFields("plural", text("robots"))
                        .putFields("singular", text("robot"))
                        .putFields("kind", text("Robot"))
                        .putFields("shortNames", list(text("rb"))))
                .build();
    }

    private static Value column(String name, String path) {
        return Value.newBuilder()
                .setStructValue(
                        Struct.newBuilder().putFields("name", text(name)).putFields("path", text(path)))
                .build();
    }

    private static Value struct(String key, String value) {
        return Value.newBuilder()
                .setStructValue(Struct.newBuilder().putFields(key, text(value)))
                .build();
    }

    private static Value list(Value... values) {
        return Value.newBuilder()
                .setListValue(ListValue.newBuilder().addAllValues(List.of(values)))
                .build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
