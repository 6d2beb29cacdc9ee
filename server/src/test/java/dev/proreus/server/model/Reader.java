package dev.proreus.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.v1.DeliveryMode;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.Scope;
import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.WatchResponse;
import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A watch whose client takes as many messages as it was granted: quick, slow or stopped, until it vanishes. */
final class Reader implements ClientResponseObserver<WatchRequest, WatchResponse> {
    private static final int SOON_SECONDS = 30;

    private final WatchRequest request;
    private final Map<String, Long> newest = new ConcurrentHashMap<>();
    private @Nullable ClientCallStreamObserver<WatchRequest> call;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean begun;
    private volatile long bookmark;
    private volatile String token;
    private final AtomicInteger events = new AtomicInteger();

    private Reader(WatchRequest request) {
        this.request = request;
        this.newest.put(request.getWorkspace(), request.getAfterRevision());
        this.bookmark = request.getAfterRevision();
        this.token = request.getResumeToken();
        this.begun = request.hasAfterRevision() || request.hasResumeToken();
    }

    static Reader open(Channel channel, WatchRequest request) {
        Reader reader = new Reader(request);
        ObjectServiceGrpc.newStub(channel).watch(request, reader);
        return reader;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchRequest> stream) {
        call = stream;
        stream.disableAutoRequestWithInitial(1);
    }

    void grant(int messages) {
        if (call != null) {
            call.request(messages);
        }
    }

    void vanish() {
        if (call != null) {
            call.cancel("the reader vanishes", null);
        }
    }

    int events() {
        return events.get();
    }

    /** Waits until the server or somebody else has ended it. */
    void awaitEnd() {
        try {
            assertThat(end.await(SOON_SECONDS, TimeUnit.SECONDS))
                    .as("%s has ended", request)
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until it was told of a revision of a workspace, unless it has ended. */
    synchronized void awaitTold(String workspace, long revision) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SOON_SECONDS);
        try {
            while (end.getCount() > 0 && newest(workspace) < revision) {
                long left = deadline - System.nanoTime();
                assertThat(left)
                        .as("%s was told of %s, not of %s", request, newest, revision)
                        .isPositive();
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns whether it will be told of the newest of a workspace, whatever that is. */
    boolean wantsAllOf(String workspace) {
        if (overSubtree() && request.hasNow()) {
            return false; // now may come after that
        }
        boolean covers = request.getWorkspace().equals(workspace)
                || (overSubtree() && workspace.startsWith(request.getWorkspace() + ":"));
        return covers
                && request.getName().isEmpty()
                && request.getLabelSelector().isEmpty();
    }

    /** Returns the newest revision of a workspace that it was told of. */
    long newest(String workspace) {
        return newest.getOrDefault(workspace, 0L);
    }

    private boolean overSubtree() {
        return request.getScope() == Scope.SCOPE_SUBTREE;
    }

    /** Returns the request that goes on where this reader stopped; null where it never began. */
    @Nullable
    WatchRequest resumed() {
        boolean latest = request.getMode() == DeliveryMode.DELIVERY_MODE_LATEST;
        if (!begun) {
            return null;
        }
        return overSubtree()
                ? request.toBuilder().setResumeToken(token).build()
                : request.toBuilder()
                        .setAfterRevision(latest ? bookmark : newest(request.getWorkspace()))
                        .build();
    }

    @Override
    public synchronized void onNext(WatchResponse response) {
        String workspace = request.getWorkspace();
        for (int i = 0; i < response.getEventsCount(); i++) {
            String routed =
                    i < response.getRoutesCount() ? response.getRoutes(i).getWorkspace() : "";
            if (begun || overSubtree()) {
                told(
                        routed.isEmpty() ? workspace : routed,
                        response.getEvents(i).getRevision());
            }
        }
        events.addAndGet(response.getEventsCount());
        if (response.hasBookmark()) {
            bookmark = response.getBookmark().getRevision();
            token = response.getBookmark().getResumeToken();
            told(workspace, bookmark);
            begun |= request.hasNow() || response.getBookmark().getInitialDone();
        }
        notifyAll();
    }

    private void told(String workspace, long revision) {
        newest.merge(workspace, revision, Math::max);
    }

    @Override
    public void onError(Throwable why) {
        onCompleted();
    }

    @Override
    public synchronized void onCompleted() {
        end.countDown();
        notifyAll();
    }
}
