package dev.proreus.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.v1.GetWorkspaceRequest;
import dev.proreus.v1.GetWorkspaceResponse;
import dev.proreus.v1.ListTypesRequest;
import dev.proreus.v1.ListTypesResponse;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.TypeServiceGrpc;
import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.WatchResponse;
import dev.proreus.v1.WorkspaceServiceGrpc;
import dev.proreus.workspace.Limits;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A call whose request does not come ends; one whose request came in time may take as long as it likes. */
class SlowRequestTest {
    private static final Duration REQUEST_MAX = Duration.ofMillis(300);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final int WAIT_SECONDS = 20;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final CompletableFuture<Encoded> answer = new CompletableFuture<>();
    private final AtomicInteger cancelled = new AtomicInteger();
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        Edge edge = edge(REQUEST_MAX);
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .channelType(NioServerSocketChannel.class)
                .bossEventLoopGroup(loops)
                .workerEventLoopGroup(loops)
                .directExecutor()
                .addService(edge.service("proreus.v1.WorkspaceService")
                        .unary("GetWorkspace", request -> answer)
                        .build())
                .addService(edge(NEVER)
                        .service("proreus.v1.TypeService")
                        .unary("ListTypes", request -> answer)
                        .build())
                .addService(edge.service("proreus.v1.ObjectService").stream("Watch", call -> new Quiet())
                        .build())
                .build()
                .start();
        channel = NettyChannelBuilder.forAddress(
                        (InetSocketAddress) server.getListenSockets().get(0))
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
        var unused = loops.shutdownGracefully();
    }

    @Test
    void aUnaryCallEndsWhoseRequestDoesNotCome() {
        Ends<GetWorkspaceResponse> ends = new Ends<>();
        ClientCall<GetWorkspaceRequest, GetWorkspaceResponse> call = call(WorkspaceServiceGrpc.getGetWorkspaceMethod());
        call.start(ends, new Metadata());
        assertThat(ends.await().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(ends.await().getDescription()).contains("300 ms");
    }

    @Test
    void aUnaryCallEndsWhoseRequestIsNeverFinished() {
        Ends<GetWorkspaceResponse> ends = new Ends<>();
        ClientCall<GetWorkspaceRequest, GetWorkspaceResponse> call = call(WorkspaceServiceGrpc.getGetWorkspaceMethod());
        call.start(ends, new Metadata());
        call.sendMessage(GetWorkspaceRequest.getDefaultInstance());
        assertThat(ends.await().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }

    @Test
    void aUnaryCallEndsAtOnceWhoseRequestIsTooLarge() {
        Ends<ListTypesResponse> ends = new Ends<>();
        ClientCall<ListTypesRequest, ListTypesResponse> call = call(TypeServiceGrpc.getListTypesMethod());
        call.start(ends, new Metadata());
        call.sendMessage(ListTypesRequest.newBuilder()
                .setWorkspace("x".repeat(Limits.REQUEST_BYTES))
                .build());
        assertThat(ends.await().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(ends.await().getDescription()).contains("at most " + Limits.REQUEST_BYTES);
    }

    @Test
    void aUnaryCallEndsAtOnceThatHasTwoRequests() {
        Ends<ListTypesResponse> ends = new Ends<>();
        ClientCall<ListTypesRequest, ListTypesResponse> call = call(TypeServiceGrpc.getListTypesMethod());
        call.start(ends, new Metadata());
        call.sendMessage(ListTypesRequest.getDefaultInstance());
        call.sendMessage(ListTypesRequest.getDefaultInstance());
        assertThat(ends.await().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void aStreamEndsWhoseFirstRequestDoesNotCome() {
        Ends<WatchResponse> ends = new Ends<>();
        ClientCall<WatchRequest, WatchResponse> call = call(ObjectServiceGrpc.getWatchMethod());
        call.start(ends, new Metadata());
        assertThat(ends.await().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void callsLiveOnWhoseRequestCame() {
        Ends<GetWorkspaceResponse> unary = new Ends<>();
        ClientCall<GetWorkspaceRequest, GetWorkspaceResponse> slow = call(WorkspaceServiceGrpc.getGetWorkspaceMethod());
        send(slow, unary, GetWorkspaceRequest.getDefaultInstance());
        Ends<WatchResponse> watch = new Ends<>();
        send(call(ObjectServiceGrpc.getWatchMethod()), watch, WatchRequest.getDefaultInstance());
        // A call that begins later ends for its time: that of the two before is over by then.
        aUnaryCallEndsWhoseRequestDoesNotCome();
        assertThat(watch.end).isNotDone();
        assertThat(unary.end).isNotDone();
        answer.complete(Encoded.of(GetWorkspaceResponse.getDefaultInstance()));
        assertThat(unary.await().getCode()).isEqualTo(Status.Code.OK);
        assertThat(watch.end).isNotDone();
    }

    private Edge edge(Duration requestMax) {
        return new Edge(Schema.load(), new EventLoops(loops), new StatusMapper(() -> "fault"), requestMax);
    }

    /** Returns a call whose headers go out at once: of a method of one request, they would wait for it. */
    private <Q, R> ClientCall<Q, R> call(MethodDescriptor<Q, R> method) {
        MethodDescriptor<Q, R> eager =
                method.toBuilder().setType(MethodType.BIDI_STREAMING).build();
        return channel.newCall(eager, CallOptions.DEFAULT);
    }

    private static <Q, R> void send(ClientCall<Q, R> call, Ends<R> ends, Q request) {
        call.start(ends, new Metadata());
        call.request(1);
        call.sendMessage(request);
        call.halfClose();
    }

    /** Takes requests and says nothing. */
    private final class Quiet implements StreamHandler.Requests {
        @Override
        public void next(byte[] request) {}

        @Override
        public void halfClosed() {}

        @Override
        public void ready() {}

        @Override
        public void cancelled() {
            cancelled.incrementAndGet();
        }
    }

    /** Waits for how a call ends. */
    private static final class Ends<R> extends ClientCall.Listener<R> {
        private final CompletableFuture<Status> end = new CompletableFuture<>();

        @Override
        public void onClose(Status status, Metadata trailers) {
            end.complete(status);
        }

        Status await() {
            return end.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
        }
    }
}
