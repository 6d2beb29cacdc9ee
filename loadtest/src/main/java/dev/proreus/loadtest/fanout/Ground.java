package dev.proreus.loadtest.fanout;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.CreateWorkspaceRequest;
import dev.proreus.v1.DeleteRequest;
import dev.proreus.v1.DeleteWorkspaceRequest;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.WorkspaceServiceGrpc;
import io.grpc.Channel;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The ground that a run stands on: a workspace of its own with one type and one object, taken away afterwards. */
final class Ground implements AutoCloseable {
    static final String TYPE = "beats.loadtest.example.com";
    static final String NAME = "beat";
    private static final int CALL_SECONDS = 20;

    private final Channel channel;
    private final String workspace;

    private Ground(Channel channel, String workspace) {
        this.channel = channel;
        this.workspace = workspace;
    }

    static Ground prepare(Channel channel, String workspace) {
        Ground ground = new Ground(channel, workspace);
        ground.workspaces()
                .createWorkspace(CreateWorkspaceRequest.newBuilder()
                        .setWorkspace(workspace)
                        .build());
        Struct names = Struct.newBuilder()
                .putFields("plural", text("beats"))
                .putFields("kind", text("Beat"))
                .build();
        Value version = Value.newBuilder()
                .setStructValue(Struct.newBuilder().putFields("name", text("v1")))
                .build();
        Struct definition = Struct.newBuilder()
                .putAllFields(Map.of(
                        "group", text("loadtest.example.com"),
                        "names", Value.newBuilder().setStructValue(names).build(),
                        "versions",
                                Value.newBuilder()
                                        .setListValue(ListValue.newBuilder().addValues(version))
                                        .build()))
                .build();
        ground.apply("resourcetypes", TYPE, definition);
        return ground;
    }

    String workspace() {
        return workspace;
    }

    /** Writes the one object with a number, and returns the revision. */
    long write(int number) {
        Value n = Value.newBuilder().setNumberValue(number).build();
        Struct spec = Struct.newBuilder().putFields(SendTimes.NUMBER, n).build();
        return apply(TYPE, NAME, spec);
    }

    ApplyRequest writing(int number) {
        Value n = Value.newBuilder().setNumberValue(number).build();
        return applying(
                TYPE, NAME, Struct.newBuilder().putFields(SendTimes.NUMBER, n).build());
    }

    private long apply(String type, String name, Struct spec) {
        return objects().apply(applying(type, name, spec)).getRevision();
    }

    private ApplyRequest applying(String type, String name, Struct spec) {
        return ApplyRequest.newBuilder()
                .setWorkspace(workspace)
                .setType(type)
                .setObject(Object.newBuilder()
                        .setMetadata(ObjectMeta.newBuilder().setName(name))
                        .setSpec(spec))
                .setFieldManager("bench")
                .build();
    }

    @Override
    public void close() {
        delete(TYPE, NAME);
        delete("resourcetypes", TYPE);
        workspaces()
                .deleteWorkspace(DeleteWorkspaceRequest.newBuilder()
                        .setWorkspace(workspace)
                        .build());
    }

    private void delete(String type, String name) {
        objects()
                .delete(DeleteRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setType(type)
                        .setName(name)
                        .build());
    }

    private ObjectServiceGrpc.ObjectServiceBlockingStub objects() {
        return ObjectServiceGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    private WorkspaceServiceGrpc.WorkspaceServiceBlockingStub workspaces() {
        return WorkspaceServiceGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
