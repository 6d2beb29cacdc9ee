package dev.proreus.server.rehearsal;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.CreateWorkspaceRequest;
import dev.proreus.v1.DeleteRequest;
import dev.proreus.v1.GetRequest;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.ObjectServiceGrpc.ObjectServiceBlockingStub;
import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.WorkspaceServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.TimeUnit;

/**
 * One call of each common kind to a server that has just begun, whatever its store holds, so that all classes that a
 * start and the first calls need are loaded once. A recording of them lets the next starts be quick.
 */
public final class Rehearsal {
    private static final String WORKSPACE = "root:rehearsal";
    private static final String TYPES = "resourcetypes.proreus.dev";
    private static final String TYPE = "configmaps.rehearsal.proreus.dev";
    private static final int CALL_SECONDS = 20;

    private Rehearsal() {}

    /** Calls the server that listens at {@code target}; throws what a call failed with. */
    public static void run(String target) {
        ManagedChannel channel = Grpc.newChannelBuilder(target, InsecureChannelCredentials.create())
                .build();
        try {
            workspace(channel);
            objects(channel);
        } finally {
            channel.shutdownNow();
        }
    }

    /** Makes the workspace, unless a rehearsal over the same data has. */
    private static void workspace(ManagedChannel channel) {
        try {
            WorkspaceServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                    .createWorkspace(CreateWorkspaceRequest.newBuilder()
                            .setWorkspace(WORKSPACE)
                            .build());
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.ALREADY_EXISTS) {
                throw e;
            }
        }
    }

    private static void objects(ManagedChannel channel) {
        ObjectServiceBlockingStub stub =
                ObjectServiceGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
        stub.apply(apply(TYPES, TYPE, definition()));
        stub.apply(apply(TYPE, "one", Struct.getDefaultInstance()));
        stub.get(GetRequest.newBuilder()
                .setWorkspace(WORKSPACE)
                .setType(TYPE)
                .setName("one")
                .build());
        stub.list(ListRequest.newBuilder().setWorkspace(WORKSPACE).setType(TYPE).build());
        stub.watch(WatchRequest.newBuilder()
                        .setWorkspace(WORKSPACE)
                        .setType(TYPE)
                        .build())
                .next();
        stub.delete(DeleteRequest.newBuilder()
                .setWorkspace(WORKSPACE)
                .setType(TYPE)
                .setName("one")
                .build());
    }

    private static ApplyRequest apply(String type, String name, Struct spec) {
        return ApplyRequest.newBuilder()
                .setWorkspace(WORKSPACE)
                .setType(type)
                .setObject(Object.newBuilder()
                        .setMetadata(ObjectMeta.newBuilder().setName(name))
                        .setSpec(spec))
                .build();
    }

    private static Struct definition() {
        Value versions = Value.newBuilder()
                .setListValue(ListValue.newBuilder()
                        .addValues(Value.newBuilder()
                                .setStructValue(Struct.newBuilder().putFields("name", text("v1")))))
                .build();
        Struct names = Struct.newBuilder()
                .putFields("plural", text("configmaps"))
                .putFields("singular", text("configmap"))
                .putFields("kind", text("ConfigMap"))
                .build();
        return Struct.newBuilder()
                .putFields("group", text("rehearsal.proreus.dev"))
                .putFields("names", Value.newBuilder().setStructValue(names).build())
                .putFields("versions", versions)
                .build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
