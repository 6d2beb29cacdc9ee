package dev.proreus.server;

import dev.proreus.workspace.Limits;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The gRPC server on Netty: event loops, one for each core, the listening socket, health and reflection, and the limits
 * of a connection. Calls run on the event loops themselves; nothing here has a thread of its own.
 */
final class Transport {
    /** Bytes of a call's headers. */
    private static final int METADATA_BYTES = 8 << 10;

    /** Bytes that a client may have under way on a connection, and on a call: above it the socket makes it wait. */
    private static final int INBOUND_WINDOW_BYTES = 256 << 10;

    /** Calls of a connection: thousands of watches of one program, and still a bound on what one socket may cost. */
    private static final int CALLS_PER_CONNECTION = 10_000;

    /**
     * Resets of a connection in {@link #RESET_WINDOW}: clients cancel watches by the hundred, attackers do not stop.
     */
    private static final int RESETS_PER_WINDOW = 1_000;

    private static final Duration RESET_WINDOW = Duration.ofSeconds(10);

    /** How long a socket may take to become an HTTP/2 connection. */
    private static final Duration HANDSHAKE_MAX = Duration.ofSeconds(10);

    /** After this silence the server asks whether the client is still there. */
    private static final Duration PING_AFTER = Duration.ofSeconds(30);

    /** How long the answer may take. */
    private static final Duration PING_ANSWER_MAX = Duration.ofSeconds(10);

    /** How long a connection may carry no call; its client makes another when it needs one. Streams are calls. */
    private static final Duration IDLE_MAX = Duration.ofMinutes(15);

    /** How often a client may ask the same; stock clients cannot ask more often. */
    private static final Duration CLIENT_PING_MIN = Duration.ofSeconds(10);

    private final EventLoopGroup loops;
    private final HealthStatusManager health = new HealthStatusManager();
    private @Nullable Server server;

    Transport(ThreadFactory threads) {
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.loops = new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(), threads, handlers);
    }

    /** Returns the event loops that connections run on. */
    EventLoopGroup loops() {
        return loops;
    }

    /** Listens, serves, and says so by health; {@code calls} sees every call. */
    void start(InetSocketAddress address, List<ServerServiceDefinition> services, ServerInterceptor calls)
            throws IOException {
        NettyServerBuilder builder = limited(NettyServerBuilder.forAddress(address))
                .channelType(channel())
                .bossEventLoopGroup(loops)
                .workerEventLoopGroup(loops)
                .directExecutor()
                .intercept(calls)
                .addService(health.getHealthService())
                .addService(ProtoReflectionServiceV1.newInstance())
                .addService(olderReflection());
        services.forEach(builder::addService);
        for (ServerServiceDefinition service : services) {
            health.setStatus(service.getServiceDescriptor().getName(), ServingStatus.SERVING);
        }
        server = builder.build().start();
    }

    /** Returns where it listens, once it does. */
    InetSocketAddress address() {
        Server running = server;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return (InetSocketAddress) running.getListenSockets().get(0);
    }

    /** Says by health that it no longer serves, and takes no new call; those under way go on. */
    void drain() {
        health.enterTerminalState();
        Server running = server;
        if (running != null) {
            running.shutdown();
        }
    }

    /** Waits for the calls under way; returns early once there are none. */
    void awaitCalls(Duration max) throws InterruptedException {
        Server running = server;
        if (running != null) {
            running.awaitTermination(max.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Waits for the calls under way, cuts off those that are left, and ends the event loops.
     *
     * @throws InterruptedException if it did all that without waiting
     */
    void close(Duration grace) throws InterruptedException {
        Server running = server;
        Future<?> ended;
        try {
            if (running != null && !running.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                running.shutdownNow();
                running.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS);
            }
        } finally {
            if (running != null) {
                running.shutdownNow();
            }
            ended = loops.shutdownGracefully(0, grace.toMillis(), TimeUnit.MILLISECONDS);
        }
        ended.await(grace.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static NettyServerBuilder limited(NettyServerBuilder builder) {
        return builder.maxInboundMessageSize(Limits.READ_REQUEST_BYTES)
                .maxInboundMetadataSize(METADATA_BYTES)
                .flowControlWindow(INBOUND_WINDOW_BYTES)
                .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
                .maxRstFramesPerWindow(RESETS_PER_WINDOW, (int) RESET_WINDOW.toSeconds())
                .handshakeTimeout(HANDSHAKE_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .maxConnectionIdle(IDLE_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTime(PING_AFTER.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(PING_ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveTime(CLIENT_PING_MIN.toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveWithoutCalls(true);
    }

    private static Class<? extends ServerChannel> channel() {
        return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /** Returns reflection v1alpha, which older grpcurl and other tools still ask for. */
    @SuppressWarnings("deprecation")
    private static io.grpc.BindableService olderReflection() {
        return ProtoReflectionService.newInstance();
    }
}
