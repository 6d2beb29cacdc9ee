package dev.proreus.server.agent;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.DeleteRequest;
import dev.proreus.v1.GetRequest;
import dev.proreus.v1.GetResponse;
import dev.proreus.v1.ListItem;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.WatchResponse;
import io.grpc.Channel;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What people do with the objects of a workspace, in short words. */
final class Objects {
    private final Channel channel;
    private final String workspace;

    Objects(Channel channel, String workspace) {
        this.channel = channel;
        this.workspace = workspace;
    }

    /** Defines robots.fleet.example.com, inherited, assigned by spec.agent, and sites.fleet.example.com, unassigned. */
    void defineTypes() {
        define("robots", "Robot", "spec.agent");
        define("sites", "Site", "");
    }

    private void define(String plural, String kind, String assignmentField) {
        Struct names = struct(Map.of("plural", text(plural), "kind", text(kind)));
        Value version = value(struct(Map.of("name", text("v1"))));
        Struct.Builder spec = struct(Map.of(
                        "group", text("fleet.example.com"),
                        "names", value(names),
                        "inherit", Value.newBuilder().setBoolValue(true).build(),
                        "versions",
                                Value.newBuilder()
                                        .setListValue(ListValue.newBuilder().addValues(version))
                                        .build()))
                .toBuilder();
        if (!assignmentField.isEmpty()) {
            spec.putFields("assignmentField", text(assignmentField));
        }
        apply("resourcetypes", plural + ".fleet.example.com", spec.build());
    }

    /** Wants a robot at a target, driven by an agent. */
    Object robot(String name, String agent, double target) {
        return apply("robots", name, struct(Map.of("agent", text(agent), "target", number(target))));
    }

    Object apply(String type, String name, Struct spec) {
        Object object = Object.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName(name))
                .setSpec(spec)
                .build();
        return stub().apply(ApplyRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setType(type)
                        .setObject(object)
                        .setFieldManager("test")
                        .build())
                .getObject();
    }

    GetResponse get(String type, String name) {
        return stub().get(GetRequest.newBuilder()
                .setWorkspace(workspace)
                .setType(type)
                .setName(name)
                .build());
    }

    List<Object> list(String type) {
        return stub()
                .list(ListRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setType(type)
                        .build())
                .getItemsList()
                .stream()
                .map(ListItem::getObject)
                .toList();
    }

    void delete(String type, String name) {
        stub().delete(DeleteRequest.newBuilder()
                .setWorkspace(workspace)
                .setType(type)
                .setName(name)
                .build());
    }

    Iterator<WatchResponse> watch(String type, long afterRevision) {
        return stub().watch(WatchRequest.newBuilder()
                .setWorkspace(workspace)
                .setType(type)
                .setAfterRevision(afterRevision)
                .build());
    }

    private ObjectServiceGrpc.ObjectServiceBlockingStub stub() {
        return ObjectServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
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

    private static Value value(Struct struct) {
        return Value.newBuilder().setStructValue(struct).build();
    }
}
