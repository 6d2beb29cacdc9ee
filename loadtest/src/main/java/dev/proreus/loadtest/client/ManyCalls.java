package dev.proreus.loadtest.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Clients that call, each again when its last call is answered. For one thread at a time. */
public final class ManyCalls {
    private final List<? extends Channel> channels;
    private final int clients;
    private final Semaphore free;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** @param clients calls under way together, over all channels */
    public ManyCalls(List<? extends Channel> channels, int clients) {
        this.channels = channels;
        this.clients = clients;
        this.free = new Semaphore(clients);
    }

    /**
     * Calls a method for the numbers {@code from} to below {@code to}, and waits for all answers.
     *
     * @param request returns the request of a number
     * @throws IOException where one was not answered
     */
    public <Q, A> void call(MethodDescriptor<Q, A> method, int from, int to, IntFunction<Q> request)
            throws IOException, InterruptedException {
        for (int i = from; i < to && failure.get() == null; i++) {
            free.acquire();
            ClientCalls.asyncUnaryCall(
                    channels.get(i % channels.size()).newCall(method, CallOptions.DEFAULT),
                    request.apply(i),
                    new Answer<A>());
        }
        free.acquire(clients);
        free.release(clients);
        Throwable failed = failure.get();
        if (failed != null) {
            throw new IOException(method.getBareMethodName() + " failed: " + failed.getMessage(), failed);
        }
    }

    private final class Answer<A> implements StreamObserver<A> {
        @Override
        public void onNext(A answer) {}

        @Override
        public void onError(Throwable why) {
            failure.compareAndSet(null, why);
            free.release();
        }

        @Override
        public void onCompleted() {
            free.release();
        }
    }
}
