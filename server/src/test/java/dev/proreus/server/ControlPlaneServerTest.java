package dev.proreus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.WatchResponse;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.memory.MemoryStore;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a server is taken apart. */
class ControlPlaneServerTest {
    private static final int CALL_SECONDS = 30;

    @Test
    void anInterruptCutsTheWaitsOfAStopShortAndLeavesNothingOpen() {
        try (Store store = new MemoryStore()) {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            ControlPlaneServer server = ControlPlaneServer.start(
                    store, ServerOptions.listeningOn(any, Limits.RETENTION, Instrumentation.none()), failure -> {
                        throw failure;
                    });
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
}
