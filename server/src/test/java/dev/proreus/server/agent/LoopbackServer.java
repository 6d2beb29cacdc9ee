package dev.proreus.server.agent;

import dev.proreus.server.object.ObjectService;
import dev.proreus.server.rpc.Edge;
import dev.proreus.server.rpc.EventLoops;
import dev.proreus.server.rpc.Schema;
import dev.proreus.server.rpc.StatusMapper;
import dev.proreus.server.tenancy.WorkspaceService;
import dev.proreus.v1.CreateWorkspaceRequest;
import dev.proreus.v1.WorkspaceServiceGrpc;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.cache.CacheSizes;
import dev.proreus.workspace.engine.EngineOptions;
import dev.proreus.workspace.engine.LocalEngine;
import dev.proreus.workspace.store.Store;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A server on loopback over a store, with time for its sessions that a test moves. */
final class LoopbackServer implements AutoCloseable {
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final ExecutorService readers = Executors.newFixedThreadPool(2);

    /** Ticks in tests alone. */
    private final ScheduledExecutorService never = Executors.newSingleThreadScheduledExecutor();

    private static final CacheSizes CACHES = new CacheSizes(1 << 20, 1 << 20);

    private final List<ManagedChannel> channels = new CopyOnWriteArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final Server server;
    final LocalEngine engine;
    final AgentService agents;

    LoopbackServer(Store store) throws IOException {
        engine = LocalEngine.open(
                store,
                new EngineOptions(
                        Clock.systemUTC(),
                        new SplittableRandom(1),
                        readers,
                        readers,
                        1,
                        Thread::new,
                        Limits.RING_BYTES,
                        CACHES,
                        Limits.RETENTION,
                        never,
                        never,
                        never,
                        Instrumentation.none(),
                        failure -> {
                            throw failure;
                        }));
        agents = new AgentService(
                engine,
                Instrumentation.none(),
                Clock.systemUTC(),
                nanos::get,
                UUID::randomUUID,
                Duration.ofMinutes(10));
        Edge edge =
                new Edge(Schema.load(), new EventLoops(loops), new StatusMapper(() -> "fault"), Duration.ofMinutes(1));
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .channelType(NioServerSocketChannel.class)
                .bossEventLoopGroup(loops)
                .workerEventLoopGroup(loops)
                .directExecutor()
                .maxInboundMessageSize(Limits.READ_REQUEST_BYTES)
                .addService(agents.bind(edge))
                .addService(new ObjectService(engine).bind(edge))
                .addService(new WorkspaceService(engine).bind(edge))
                .build()
                .start();
    }

    /** Returns a connection of its own. */
    ManagedChannel channel() {
        ManagedChannel channel = NettyChannelBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()))
                .usePlaintext()
                .build();
        channels.add(channel);
        return channel;
    }

    /** Returns the objects of a workspace, through a connection of its own. */
    Objects objects(String workspace) {
        return new Objects(channel(), workspace);
    }

    void createWorkspace(String path) {
        WorkspaceServiceGrpc.newBlockingStub(channel())
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .createWorkspace(
                        CreateWorkspaceRequest.newBuilder().setWorkspace(path).build());
    }

    /** Lets time pass, and the tick see it. */
    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        agents.tick();
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        server.shutdownNow();
        engine.close();
        never.shutdownNow();
        readers.shutdownNow();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
