package dev.proreus.server.edge;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import dev.proreus.server.ControlPlaneServer;
import dev.proreus.server.ServerOptions;
import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.ApplyResponse;
import dev.proreus.v1.CreateWorkspaceRequest;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.TypeServiceGrpc;
import dev.proreus.v1.WorkspaceServiceGrpc;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.cache.CacheSizes;
import dev.proreus.workspace.store.memory.MemoryStore;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One real server for a class of tests: the engine over a store in memory, Netty on loopback, the generated stubs. */
final class LiveServer implements BeforeAllCallback, AfterAllCallback {
    private static final int CALL_SECONDS = 30;

    private final AtomicInteger workspaces = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private ControlPlaneServer server;
    private ManagedChannel channel;

    @SuppressWarnings("NullAway.Init") // beforeAll sets the fields
    LiveServer() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        long seed = System.nanoTime();
        System.out.println(context.getDisplayName() + " seed " + seed);
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = ControlPlaneServer.start(
                new MemoryStore(),
                new ServerOptions(
                        anyPort,
                        Clock.systemUTC(),
                        new Random(seed),
                        Limits.RETENTION,
                        new CacheSizes(1 << 20, 1 << 20),
                        Instrumentation.none()),
                failure -> failures.incrementAndGet());
        channel =
                NettyChannelBuilder.forAddress(server.address()).usePlaintext().build();
        applyIn("root", "resourcetypes", "robots.fleet.example.com", """
                {"group": "fleet.example.com",
                 "names": {"plural": "robots", "singular": "robot", "kind": "Robot", "shortNames": ["rb"]},
                 "versions": [{"name": "v1"}], "inherit": true, "assignmentField": "spec.agent"}
                """);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        channel.shutdownNow();
        server.close();
        if (failures.get() != 0) {
            throw new AssertionError("the store failed");
        }
    }

    ManagedChannel channel() {
        return channel;
    }

    ControlPlaneServer server() {
        return server;
    }

    ObjectServiceGrpc.ObjectServiceBlockingStub objects() {
        return ObjectServiceGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    TypeServiceGrpc.TypeServiceBlockingStub types() {
        return TypeServiceGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    WorkspaceServiceGrpc.WorkspaceServiceBlockingStub workspaces() {
        return WorkspaceServiceGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    /** Makes a workspace of its own for a test; returns its path. */
    String newWorkspace() {
        return newWorkspace("root:w" + workspaces.incrementAndGet());
    }

    String newWorkspace(String path) {
        CreateWorkspaceRequest request =
                CreateWorkspaceRequest.newBuilder().setWorkspace(path).build();
        return workspaces().createWorkspace(request).getWorkspace().getPath();
    }

    /** Applies a robot whose spec is given as JSON. */
    ApplyResponse applyRobot(String workspace, String name, String spec) {
        return applyIn(workspace, "robots", name, spec);
    }

    ApplyResponse applyIn(String workspace, String type, String name, String spec) {
        return objects()
                .apply(ApplyRequest.newBuilder()
                        .setWorkspace(workspace)
                        .setType(type)
                        .setName(name)
                        .setObject(Object.newBuilder().setSpec(struct(spec)))
                        .build());
    }

    /** Returns an object of a name, whose spec is given as JSON. */
    static Object named(String name, String spec) {
        return Object.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName(name))
                .setSpec(struct(spec))
                .build();
    }

    static Struct struct(String json) {
        Struct.Builder struct = Struct.newBuilder();
        try {
            JsonFormat.parser().merge(json, struct);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(json, e);
        }
        return struct.build();
    }
}
