package dev.proreus.server.model;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.guarantees.record.Recorder;
import dev.proreus.server.ControlPlaneServer;
import dev.proreus.server.ServerOptions;
import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.CreateWorkspaceRequest;
import dev.proreus.v1.GetWorkspaceRequest;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectMeta;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.UpdateWorkspaceRequest;
import dev.proreus.v1.WorkspaceServiceGrpc;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.cache.CacheSizes;
import dev.proreus.workspace.store.Store;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A server that can be closed and opened again over one store, and what its clients were told. */
final class World implements AutoCloseable {
    static final String TYPE = "things";
    static final String SUBTREE = "root:one";
    static final List<String> WORKSPACES = List.of(SUBTREE, "root:one:deep", "root:two");
    static final List<String> COLOURS = List.of("red", "green", "blue");
    private static final int CALL_SECONDS = 30;

    final Recorder recorder = new Recorder(System::nanoTime, List.of());
    private final Supplier<Store> stores;
    private final boolean keeps;
    private final Random random;
    private Store store;
    private ControlPlaneServer server;
    private ManagedChannel channel;

    /** @param keeps whether the store lives on where it is not closed, and has nothing to open again */
    World(Supplier<Store> stores, boolean keeps, long seed) {
        this.stores = stores;
        this.keeps = keeps;
        this.random = new Random(seed);
        this.store = stores.get();
        this.server = start();
        this.channel = connect();
    }

    private ControlPlaneServer start() {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ServerOptions options = new ServerOptions(
                anyPort,
                Clock.systemUTC(),
                random,
                Limits.RETENTION,
                new CacheSizes(1 << 20, 1 << 20),
                Instrumentation.none());
        return ControlPlaneServer.start(store, options, failure -> {
            throw failure;
        });
    }

    private ManagedChannel connect() {
        return NettyChannelBuilder.forAddress(server.address()).usePlaintext().build();
    }

    void restart() {
        channel.shutdownNow();
        server.close();
        if (!keeps) {
            store.close();
            store = stores.get();
        }
        server = start();
        channel = connect();
    }

    Channel raw() {
        return channel;
    }

    /** Returns a channel whose calls are recorded, as those of one more client. */
    Channel recorded() {
        return ClientInterceptors.intercept(channel, recorder.client());
    }

    static ObjectServiceGrpc.ObjectServiceBlockingStub objects(Channel channel) {
        return ObjectServiceGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    private WorkspaceServiceGrpc.WorkspaceServiceBlockingStub workspaces() {
        return WorkspaceServiceGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    void createWorkspace(String path) {
        var unused = workspaces()
                .createWorkspace(
                        CreateWorkspaceRequest.newBuilder().setWorkspace(path).build());
    }

    /** Lets a workspace hold at most so many bytes of history; 0 is as many as the server does. */
    void hold(String path, long bytes) {
        var unused = workspaces()
                .updateWorkspace(UpdateWorkspaceRequest.newBuilder()
                        .setWorkspace(path)
                        .setRetentionBytes(bytes)
                        .build());
    }

    /** Returns the oldest revision that a workspace holds. */
    long oldest(String path) {
        return workspaces()
                .getWorkspace(
                        GetWorkspaceRequest.newBuilder().setWorkspace(path).build())
                .getWorkspace()
                .getOldestRevision();
    }

    void defineType() {
        Value version = Value.newBuilder()
                .setStructValue(Struct.newBuilder().putFields("name", text("v1")))
                .build();
        Struct names = Struct.newBuilder()
                .putFields("plural", text(TYPE))
                .putFields("kind", text("Thing"))
                .build();
        Struct spec = Struct.newBuilder()
                .putFields("group", text("model.example.com"))
                .putFields("names", Value.newBuilder().setStructValue(names).build())
                .putFields("inherit", Value.newBuilder().setBoolValue(true).build())
                .putFields(
                        "versions",
                        Value.newBuilder()
                                .setListValue(ListValue.newBuilder().addValues(version))
                                .build())
                .build();
        var unused = objects(channel)
                .apply(ApplyRequest.newBuilder()
                        .setWorkspace("root")
                        .setType("resourcetypes")
                        .setObject(Object.newBuilder()
                                .setMetadata(ObjectMeta.newBuilder().setName(TYPE + ".model.example.com"))
                                .setSpec(spec))
                        .build());
    }

    /** Returns an object whose spec is a number, and whose colour follows from it. */
    static Object thing(String name, int spec) {
        String colour = COLOURS.get(spec % COLOURS.size());
        return Object.newBuilder()
                .setMetadata(ObjectMeta.newBuilder().setName(name).putAllLabels(Map.of("colour", colour)))
                .setSpec(number(spec))
                .build();
    }

    static Struct number(int n) {
        return Struct.newBuilder()
                .putFields("n", Value.newBuilder().setNumberValue(n).build())
                .build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.close();
        store.close();
    }
}
