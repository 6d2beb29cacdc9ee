package dev.proreus.server.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.proreus.server.rpc.StreamHandler.Requests;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Carries calls with streams between gRPC and a handler. */
final class StreamCalls implements ServerCallHandler<byte[], Encoded> {
    /**
     * Bytes that may be queued in the transport while a call still counts as ready: with one, a single message is under
     * way, and what happens meanwhile goes together into the next one. The default of 32 KiB lets a thousand slow
     * streams queue 32 MiB.
     */
    private static final int READY_BELOW_BYTES = 1;

    private final StreamHandler handler;
    private final EventLoops loops;
    private final StatusMapper statuses;
    private final Duration requestMax;

    /** @param requestMax how long the first request may take to come */
    StreamCalls(StreamHandler handler, EventLoops loops, StatusMapper statuses, Duration requestMax) {
        this.handler = handler;
        this.loops = loops;
        this.statuses = statuses;
        this.requestMax = requestMax;
    }

    @Override
    public ServerCall.Listener<byte[]> startCall(ServerCall<byte[], Encoded> call, Metadata headers) {
        call.setOnReadyThreshold(READY_BELOW_BYTES);
        TransportCall transport = new TransportCall(call, loops.current());
        transport.open();
        call.request(1);
        return transport;
    }

    private final class TransportCall extends ServerCall.Listener<byte[]> implements StreamCall {
        private final ServerCall<byte[], Encoded> call;
        private final Executor loop;
        private final RequestTimer timer;
        private @Nullable Requests requests;
        private boolean accepted;
        private boolean over;

        TransportCall(ServerCall<byte[], Encoded> call, EventExecutor loop) {
            this.call = call;
            this.loop = loop;
            this.timer = RequestTimer.start(loop, requestMax, this::late);
        }

        void open() {
            requests = handler.open(this);
        }

        @Override
        public void onMessage(byte[] message) {
            timer.stop();
            deliver(requests -> requests.next(Incoming.bounded(message)));
        }

        @Override
        public void onHalfClose() {
            deliver(Requests::halfClosed);
        }

        @Override
        public void onReady() {
            deliver(Requests::ready);
        }

        @Override
        public void onCancel() {
            Requests listener = requests;
            boolean first = !over;
            letGo();
            if (first && listener != null) {
                listener.cancelled();
            }
        }

        @Override
        public Executor loop() {
            return loop;
        }

        @Override
        public boolean isReady() {
            return !over && call.isReady();
        }

        @Override
        public void accept() {
            if (!over && !accepted) {
                accepted = true;
                call.sendHeaders(new Metadata());
            }
        }

        @Override
        public void send(Encoded message) {
            if (!over) {
                accept();
                call.sendMessage(message);
            }
        }

        @Override
        public void request(int count) {
            if (!over) {
                call.request(count);
            }
        }

        @Override
        public void complete() {
            if (!over) {
                accept();
                letGo();
                call.close(Status.OK, new Metadata());
            }
        }

        @Override
        public void fail(Throwable why) {
            if (!over) {
                letGo();
                CallEnd.fail(call, statuses.status(why));
            }
        }

        @Override
        public boolean isOver() {
            return over;
        }

        private void late(Status status) {
            Requests listener = requests;
            if (!over) {
                letGo();
                call.close(status, new Metadata());
                if (listener != null) {
                    listener.cancelled();
                }
            }
        }

        /** Has the timer hold a call that is over no longer. */
        private void letGo() {
            over = true;
            timer.stop();
        }

        private void deliver(Delivery delivery) {
            Requests listener = requests;
            if (over || listener == null) {
                return;
            }
            try {
                delivery.to(listener);
            } catch (InvalidProtocolBufferException | RuntimeException e) {
                fail(e);
                listener.cancelled();
            }
        }
    }

    /** One thing to tell a listener. */
    private interface Delivery {
        void to(Requests requests) throws InvalidProtocolBufferException;
    }
}
