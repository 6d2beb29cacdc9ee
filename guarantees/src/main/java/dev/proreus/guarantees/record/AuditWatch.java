package dev.proreus.guarantees.record;

import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.WatchResponse;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The watch of an audit: it takes what comes at once, so that it never falls behind. */
final class AuditWatch implements ClientResponseObserver<WatchRequest, WatchResponse> {
    private final NavigableMap<Long, CompletableFuture<Void>> awaited = new TreeMap<>();
    private @Nullable ClientCallStreamObserver<WatchRequest> call;
    private long newest;
    private @Nullable Throwable end;

    AuditWatch() {}

    @Override
    public synchronized void beforeStart(ClientCallStreamObserver<WatchRequest> stream) {
        call = stream;
    }

    /** Waits until it was told of a revision. */
    void await(long revision, int seconds) {
        try {
            told(revision).get(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an audit reads", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the audit was not told of revision " + revision, e);
        }
    }

    private synchronized CompletableFuture<Void> told(long revision) {
        if (newest >= revision) {
            return CompletableFuture.completedFuture(null);
        }
        return end != null
                ? CompletableFuture.failedFuture(end)
                : awaited.computeIfAbsent(revision, any -> new CompletableFuture<>());
    }

    void cancel() {
        ClientCallStreamObserver<WatchRequest> stream;
        synchronized (this) {
            stream = call;
        }
        if (stream != null) {
            stream.cancel("the audit is over", null);
        }
    }

    @Override
    public synchronized void onNext(WatchResponse response) {
        int events = response.getEventsCount();
        newest = events == 0 ? newest : response.getEvents(events - 1).getRevision();
        NavigableMap<Long, CompletableFuture<Void>> told = awaited.headMap(newest, true);
        told.values().forEach(each -> each.complete(null));
        told.clear();
    }

    @Override
    public synchronized void onError(Throwable why) {
        end = why;
        awaited.values().forEach(each -> each.completeExceptionally(why));
    }

    @Override
    public void onCompleted() {
        onError(new IllegalStateException("the server ended the watch"));
    }
}
