package dev.proreus.guarantees.record;

import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.WatchResponse;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The watch of an audit: it takes what comes at once, so that it never falls behind. */
final class AuditWatch implements ClientResponseObserver<WatchRequest, WatchResponse> {
    private final NavigableMap<Long, CountDownLatch> awaited = new TreeMap<>();
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
            boolean over = told(revision).await(seconds, TimeUnit.SECONDS);
            synchronized (this) {
                if (newest < revision) {
                    throw new IllegalStateException(
                            "the audit " + (over ? "ended" : "waits") + " at " + newest + ", before " + revision, end);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an audit reads", e);
        }
    }

    /** Returns what opens once it was told of a revision, or has ended. */
    private synchronized CountDownLatch told(long revision) {
        return newest >= revision || end != null
                ? new CountDownLatch(0)
                : awaited.computeIfAbsent(revision, any -> new CountDownLatch(1));
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
        NavigableMap<Long, CountDownLatch> told = awaited.headMap(newest, true);
        told.values().forEach(CountDownLatch::countDown);
        told.clear();
    }

    @Override
    public synchronized void onError(Throwable why) {
        end = why;
        awaited.values().forEach(CountDownLatch::countDown);
    }

    @Override
    public void onCompleted() {
        onError(new IllegalStateException("the server ended the watch"));
    }
}
