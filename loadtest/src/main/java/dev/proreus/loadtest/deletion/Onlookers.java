package dev.proreus.loadtest.deletion;

import com.google.protobuf.Empty;
import dev.proreus.guarantees.record.Reasons;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.Scope;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.WatchResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The watches of a round: those within the subtree must end with WORKSPACE_DELETED; the one of root's workspaces, and
 * the one over root's whole subtree, must be told that the top's object was deleted, and go on.
 */
final class Onlookers implements AutoCloseable {
    private static final String WORKSPACES = "workspaces.proreus.dev";
    private static final long LIVE_SECONDS = 60;

    private final List<ClientCall<WatchRequest, WatchResponse>> calls = new ArrayList<>();
    private final CountDownLatch live;
    private final CountDownLatch told;
    private final AtomicLong lastTold = new AtomicLong();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final LongSupplier nanoTime;
    private volatile boolean closed;

    Onlookers(Subtree subtree, DeletionPlan plan, List<? extends Channel> channels, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        int within = plan.watchers();
        live = new CountDownLatch(within + 2);
        told = new CountDownLatch(within + 2);
        for (int i = 0; i < within; i++) {
            int number = (int) ((long) i * plan.workspaces() / within);
            watch(channels, request(subtree.path(number), Subtree.TYPE.name()), new Within());
        }
        String name = subtree.top().substring(subtree.top().lastIndexOf(':') + 1);
        watch(channels, request("root", WORKSPACES), new Above(name));
        WatchRequest.Builder above = request("root", Subtree.TYPE.name()).setScope(Scope.SCOPE_SUBTREE);
        watch(channels, above, new Above(name));
    }

    private static WatchRequest.Builder request(String workspace, String type) {
        return WatchRequest.newBuilder().setWorkspace(workspace).setType(type).setNow(Empty.getDefaultInstance());
    }

    private void watch(List<? extends Channel> channels, WatchRequest.Builder request, Onlooker onlooker) {
        ClientCall<WatchRequest, WatchResponse> call = channels.get(calls.size() % channels.size())
                .newCall(ObjectServiceGrpc.getWatchMethod(), CallOptions.DEFAULT);
        calls.add(call);
        onlooker.call = call;
        call.start(onlooker, new Metadata());
        call.request(2);
        call.sendMessage(request.build());
        call.halfClose();
    }

    /** Waits until each has been told where it begins. */
    void awaitLive() throws InterruptedException {
        if (!live.await(LIVE_SECONDS, TimeUnit.SECONDS)) {
            failed(live.getCount() + " watches did not begin within " + LIVE_SECONDS + " s");
        }
    }

    /** Waits until each has been told of the deletion; returns when the last one was, or now where some were not. */
    long awaitTold(long seconds) throws InterruptedException {
        if (!told.await(seconds, TimeUnit.SECONDS)) {
            failed(told.getCount() + " watches were not told of the deletion within " + seconds + " s");
            return nanoTime.getAsLong();
        }
        return lastTold.get();
    }

    /** Returns what went otherwise than it must, or null. */
    @Nullable
    String failure() {
        return failure.get();
    }

    @Override
    public void close() {
        closed = true;
        calls.forEach(call -> call.cancel("the round is over", null));
    }

    private void failed(String what) {
        failure.compareAndSet(null, what);
    }

    private void countTold() {
        lastTold.accumulateAndGet(nanoTime.getAsLong(), Math::max);
        told.countDown();
    }

    private abstract class Onlooker extends ClientCall.Listener<WatchResponse> {
        private @Nullable ClientCall<WatchRequest, WatchResponse> call;
        private boolean begun;

        @Override
        public void onMessage(WatchResponse message) {
            if (!begun) {
                begun = true;
                live.countDown();
            }
            message.getEventsList().forEach(this::told);
            if (call != null) {
                call.request(1);
            }
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            if (!closed) {
                ended(status, Reasons.of(status, trailers));
            }
        }

        void told(WatchEvent event) {}

        void ended(Status status, String reason) {
            failed("a watch ended that should have gone on: " + status);
        }
    }

    private final class Within extends Onlooker {
        @Override
        void ended(Status status, String reason) {
            if (status.getCode() != Status.Code.NOT_FOUND || !reason.equals("WORKSPACE_DELETED")) {
                failed("a watch within the subtree ended with " + status + ", reason '" + reason + "'");
            }
            countTold();
        }
    }

    private final class Above extends Onlooker {
        private final String name;

        Above(String name) {
            this.name = name;
        }

        @Override
        void told(WatchEvent event) {
            if (event.getDeleted().getMetadata().getName().equals(name)) {
                countTold();
            }
        }
    }
}
