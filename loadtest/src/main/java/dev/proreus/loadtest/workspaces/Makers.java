package dev.proreus.loadtest.workspaces;

import dev.proreus.v1.CreateWorkspaceRequest;
import dev.proreus.v1.CreateWorkspaceResponse;
import dev.proreus.v1.WorkspaceServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Clients that make workspaces, each the next when its last one is there. For one thread at a time. */
final class Makers {
    private final List<? extends Channel> channels;
    private final int clients;
    private final Semaphore free;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** @param clients creations under way together, over all channels */
    Makers(List<? extends Channel> channels, int clients) {
        this.channels = channels;
        this.clients = clients;
        this.free = new Semaphore(clients);
    }

    /**
     * Makes children of a workspace with the numbers {@code from} to below {@code to}, and waits for them all.
     *
     * @throws IOException where one could not be made
     */
    void make(String parent, int from, int to) throws IOException, InterruptedException {
        for (int i = from; i < to && failure.get() == null; i++) {
            free.acquire();
            make(channels.get(i % channels.size()), path(parent, i));
        }
        free.acquire(clients);
        free.release(clients);
        Throwable failed = failure.get();
        if (failed != null) {
            throw new IOException("a workspace could not be made: " + failed.getMessage(), failed);
        }
    }

    /** Returns the path of the child with a number. */
    static String path(String parent, int number) {
        return parent + ":tenant-" + number;
    }

    private void make(Channel channel, String path) {
        ClientCalls.asyncUnaryCall(
                channel.newCall(WorkspaceServiceGrpc.getCreateWorkspaceMethod(), CallOptions.DEFAULT),
                CreateWorkspaceRequest.newBuilder().setWorkspace(path).build(),
                new Made());
    }

    private final class Made implements StreamObserver<CreateWorkspaceResponse> {
        @Override
        public void onNext(CreateWorkspaceResponse made) {}

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
