package dev.proreus.guarantees.crash;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.CreateWorkspaceRequest;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.WorkspaceServiceGrpc;
import io.grpc.Channel;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Where a crash run takes place: two workspaces and a type that both inherit. */
final class Scene {
    static final List<String> WORKSPACES = List.of("root:crash-one", "root:crash-two");
    static final String TYPE = "things";

    /** The label that watches select by, and its values. */
    static final String LABEL = "colour";

    static final List<String> COLOURS = List.of("red", "green", "blue");
    static final int CALL_SECONDS = 30;

    private Scene() {}

    static void set(Channel channel) {
        for (String workspace : WORKSPACES) {
            WorkspaceServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                    .createWorkspace(CreateWorkspaceRequest.newBuilder()
                            .setWorkspace(workspace)
                            .build());
        }
        ObjectServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                .apply(ApplyRequest.newBuilder()
                        .setWorkspace("root")
                        .setType("resourcetypes")
                        .setObject(Object.newBuilder()
                                .setMetadata(ObjectMeta.newBuilder().setName("things.crash.example.com"))
                                .setSpec(type()))
                        .build());
    }

    private static Struct type() {
        Struct names = Struct.newBuilder()
                .putFields("plural", text("things"))
                .putFields("kind", text("Thing"))
                .build();
        Struct version = Struct.newBuilder().putFields("name", text("v1")).build();
        return Struct.newBuilder()
                .putFields("group", text("crash.example.com"))
                .putFields("names", Value.newBuilder().setStructValue(names).build())
                .putFields("inherit", Value.newBuilder().setBoolValue(true).build())
                .putFields(
                        "versions",
                        Value.newBuilder()
                                .setListValue(ListValue.newBuilder()
                                        .addValues(Value.newBuilder().setStructValue(version)))
                                .build())
                .build();
    }

    static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
