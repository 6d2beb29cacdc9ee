package dev.proreus.server.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.proreus.workspace.RefusedException;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Carries calls of one request and one answer between gRPC and a handler. The handler starts on the call's event loop,
 * and whatever thread completes its stage, the answer is sent from that loop: the engine's threads spend nothing on
 * framing, though what the handler makes of the engine's answer is made on them.
 */
final class UnaryCalls implements ServerCallHandler<byte[], Encoded> {
    private final UnaryHandler handler;
    private final EventLoops loops;
    private final StatusMapper statuses;
    private final Duration requestMax;

    /** @param requestMax how long the request may take to come */
    UnaryCalls(UnaryHandler handler, EventLoops loops, StatusMapper statuses, Duration requestMax) {
        this.handler = handler;
        this.loops = loops;
        this.statuses = statuses;
        this.requestMax = requestMax;
    }

    @Override
    public ServerCall.Listener<byte[]> startCall(ServerCall<byte[], Encoded> call, Metadata headers) {
        // One more than may come, so that a second one is noticed.
        call.request(2);
        return new UnaryCall(call, loops.current());
    }

    private final class UnaryCall extends ServerCall.Listener<byte[]> {
        private final ServerCall<byte[], Encoded> call;
        private final EventExecutor loop;
        private final RequestTimer timer;
        private byte @Nullable [] request;
        private boolean over;

        UnaryCall(ServerCall<byte[], Encoded> call, EventExecutor loop) {
            this.call = call;
            this.loop = loop;
            this.timer = RequestTimer.start(loop, requestMax, this::end);
        }

        @Override
        public void onMessage(byte[] message) {
            if (over) {
                return;
            }
            if (request != null) {
                end(Status.INVALID_ARGUMENT.withDescription("more than one request in a call that takes one"));
                return;
            }
            try {
                request = Incoming.bounded(message);
            } catch (RefusedException e) {
                fail(e);
            }
        }

        @Override
        public void onHalfClose() {
            timer.stop();
            byte[] whole = request;
            request = null;
            if (over) {
                return;
            }
            if (whole == null) {
                end(Status.INVALID_ARGUMENT.withDescription("no request in a call that takes one"));
                return;
            }
            answer(whole).whenComplete((answer, failure) -> onLoop(answer, failure));
        }

        @Override
        public void onCancel() {
            letGo();
        }

        private CompletionStage<Encoded> answer(byte[] whole) {
            try {
                return handler.answer(whole);
            } catch (InvalidProtocolBufferException | RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        private void onLoop(@Nullable Encoded answer, @Nullable Throwable failure) {
            try {
                loop.execute(() -> finish(answer, failure));
            } catch (RejectedExecutionException e) {
                // The loop has ended and the connection with it: nobody is left to tell.
            }
        }

        private void finish(@Nullable Encoded answer, @Nullable Throwable failure) {
            if (over) {
                return;
            }
            if (answer == null) {
                fail(failure == null ? new NullPointerException("answer") : failure);
                return;
            }
            call.sendHeaders(new Metadata());
            call.sendMessage(answer);
            end(Status.OK);
        }

        private void fail(Throwable why) {
            if (!over) {
                letGo();
                CallEnd.fail(call, statuses.status(why));
            }
        }

        private void end(Status status) {
            if (!over) {
                letGo();
                call.close(status, new Metadata());
            }
        }

        /** Holds nothing any more for a call that is over: neither its request nor, by the timer, itself. */
        private void letGo() {
            over = true;
            request = null;
            timer.stop();
        }
    }
}
