package dev.proreus.server.endtoend;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.CreateWorkspaceRequest;
import dev.proreus.v1.DeleteWorkspaceRequest;
import dev.proreus.v1.GetRequest;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.WorkspaceServiceGrpc;
import io.grpc.Channel;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The public API in short words, by the generated stubs. */
final class Api {
    private static final int CALL_SECONDS = 20;

    private final Channel channel;

    Api(Channel channel) {
        this.channel = channel;
    }

    ObjectServiceGrpc.ObjectServiceBlockingStub objects() {
        return ObjectServiceGrpc.newBlockingStub(channel)
                .withWaitForReady()
                .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    void createWorkspace(String path) {
        WorkspaceServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                .createWorkspace(
                        CreateWorkspaceRequest.newBuilder().setWorkspace(path).build());
    }

    void deleteWorkspace(String path) {
        WorkspaceServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                .deleteWorkspace(
                        DeleteWorkspaceRequest.newBuilder().setWorkspace(path).build());
    }

    /** Defines a type of group {@code test.example.com} in root, inherited, whose assignment field is spec.agent. */
    void defineType(String plural, String kind) {
        Struct names = struct(Map.of("plural", text(plural), "kind", text(kind)));
        Value version = Value.newBuilder()
                .setStructValue(struct(Map.of("name", text("v1"))))
                .build();
        Struct spec = struct(Map.of(
                "group", text("test.example.com"),
                "names", Value.newBuilder().setStructValue(names).build(),
                "inherit", Value.newBuilder().setBoolValue(true).build(),
                "assignmentField", text("spec.agent"),
                "versions",
                        Value.newBuilder()
                                .setListValue(ListValue.newBuilder().addValues(version))
                                .build()));
        apply("root", "resourcetypes", plural + ".test.example.com", spec);
    }

    Object apply(String workspace, String type, String name, Struct spec) {
        Object object = Object.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName(name))
                .setSpec(spec)
                .build();
        return objects()
                .apply(ApplyRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setType(type)
                        .setObject(object)
                        .setFieldManager("test")
                        .build())
                .getObject();
    }

    Object get(String workspace, String type, String name) {
        return objects()
                .get(GetRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setType(type)
                        .setName(name)
                        .build())
                .getObject();
    }

    static Struct struct(Map<String, Value> fields) {
        return Struct.newBuilder().putAllFields(fields).build();
    }

    static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    static Value number(double number) {
        return Value.newBuilder().setNumberValue(number).build();
    }
}
