package dev.proreus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.proreus.v1.ListRequest;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.WatchResponse;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.cache.CacheSizes;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.memory.MemoryStore;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a server is taken apart. */
class ControlPlaneServerTest {
    private static final int CALL_SECONDS = 30;
    private static final int STOPS = 3;

    /** To threads of another kind Netty gives back few of the objects that it keeps for use again. */
    @Test
    void threadsAreOfTheKindForWhichNettyKeepsObjects() {
        Thread made = new NamedThreads("loop").newThread(() -> {});
        assertThat(made).isInstanceOf(FastThreadLocalThread.class);
        assertThat(made.getName()).isEqualTo("proreus-loop-1");
    }

    /** Whoever catches up leaves the processor to writes and requests; a JVM that heeds priorities sees to it. */
    @Test
    void whatReadsHistoryForWatchesHasTheLowestPriority() {
        try (Store store = new MemoryStore();
                ControlPlaneServer server = start(store)) {
            ManagedChannel channel = NettyChannelBuilder.forAddress(server.address())
                    .usePlaintext()
                    .build();
            try {
                ObjectServiceGrpc.ObjectServiceBlockingStub stub =
                        ObjectServiceGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
                WatchRequest watch = WatchRequest.newBuilder()
                        .setWorkspace("root")
                        .setType("workspaces")
                        .build();
                assertThat(stub.watch(watch).next()).isNotNull();
                ListRequest list = ListRequest.newBuilder()
                        .setWorkspace("root")
                        .setType("workspaces")
                        .build();
                assertThat(stub.list(list)).isNotNull();

                assertThat(prioritiesOf("proreus-catch-up-")).containsOnly(Thread.MIN_PRIORITY);
                assertThat(prioritiesOf("proreus-reader-")).containsOnly(Thread.NORM_PRIORITY);
            } finally {
                channel.shutdownNow();
            }
        }
    }

    private static List<Integer> prioritiesOf(String role) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(role))
                .map(Thread::getPriority)
                .toList();
    }

    @Test
    void anInterruptCutsTheWaitsOfAStopShortAndLeavesNothingOpen() {
        try (Store store = new MemoryStore()) {
            ControlPlaneServer server = start(store);
            ManagedChannel channel = NettyChannelBuilder.forAddress(server.address())
                    .usePlaintext()
                    .build();
            try {
                Iterator<WatchResponse> watch = ObjectServiceGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)
                        .watch(WatchRequest.newBuilder()
                                .setWorkspace("root")
                                .setType("workspaces")
                                .build());
                assertThat(watch.next()).isNotNull();

                Thread.currentThread().interrupt();
                server.close();

                assertThat(Thread.interrupted())
                        .as("whoever interrupted is heard")
                        .isTrue();
                StatusRuntimeException end =
                        catchThrowableOfType(StatusRuntimeException.class, () -> watch.forEachRemaining(message -> {}));
                // The engine says that it stops; connections, which go after it, may be cut before that is heard.
                assertThat(end.getStatus().getCode()).isIn(Status.Code.UNAVAILABLE, Status.Code.CANCELLED);
            } finally {
                channel.shutdownNow();
            }
        }
    }

    /** The least of some, since the machine may stand still in one. */
    @Test
    void aStopWithNobodyThereWaitsForNothing() {
        Duration least = ControlPlaneServer.DRAIN_MAX;
        for (int stop = 0; stop < STOPS; stop++) {
            try (Store store = new MemoryStore()) {
                ControlPlaneServer server = start(store);
                long began = System.nanoTime();
                server.close();
                Duration took = Duration.ofNanos(System.nanoTime() - began);
                least = took.compareTo(least) < 0 ? took : least;
            }
        }
        assertThat(least).isLessThan(ControlPlaneServer.DRAIN_MAX.dividedBy(2));
    }

    private static ControlPlaneServer start(Store store) {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return ControlPlaneServer.start(
                store,
                ServerOptions.listeningOn(
                        any, Limits.RETENTION, new CacheSizes(1 << 20, 1 << 20), Instrumentation.none()),
                failure -> {
                    throw failure;
                });
    }
}
