package dev.proreus.guarantees.record;

import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.WatchResponse;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The watch of an audit: it takes what comes at once, so that it never falls behind. */
final class AuditWatch implements ClientResponseObserver<WatchRequest, WatchResponse> {
    private @Nullable ClientCallStreamObserver<WatchRequest> call;
    private long newest;
    private @Nullable Throwable end;

    AuditWatch() {}

    @Override
    public synchronized void beforeStart(ClientCallStreamObserver<WatchRequest> stream) {
        call = stream;
    }

    /** Waits until it was told of a revision. */
    synchronized void await(long revision, int seconds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try {
            while (newest < revision && end == null) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new IllegalStateException("the audit was told of " + newest + " and not of " + revision);
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an audit reads", e);
        }
        if (newest < revision) {
            throw new IllegalStateException("the audit ended at " + newest + ", before " + revision, end);
        }
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
        notifyAll();
    }

    @Override
    public synchronized void onError(Throwable why) {
        end = why;
        notifyAll();
    }

    @Override
    public synchronized void onCompleted() {
        end = new IllegalStateException("the server ended the watch");
        notifyAll();
    }
}
