package dev.proreus.guarantees.crash;

import dev.proreus.v1.DeliveryMode;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.WatchResponse;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A client that watches, and after each kill resumes where it stopped: in EVERY after the newest revision that it was
 * told, in LATEST after its newest bookmark.
 */
final class Watcher implements Role {
    private final WatchRequest request;
    private final boolean latest;
    private boolean begun;
    private long position;
    private long told;
    private boolean unsupported;

    Watcher(WatchRequest request) {
        this.request = request;
        this.latest = request.getMode() == DeliveryMode.DELIVERY_MODE_LATEST;
    }

    @Override
    public void act(Channel channel) {
        Iterator<WatchResponse> responses =
                ObjectServiceGrpc.newBlockingStub(channel).watch(resumed());
        try {
            while (responses.hasNext()) {
                take(responses.next());
            }
            throw new StatusRuntimeException(Status.UNAVAILABLE.withDescription("the watch ended by itself"));
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.UNIMPLEMENTED) {
                throw e;
            }
            unsupported();
            throw new StatusRuntimeException(Status.UNAVAILABLE.withDescription("not built yet"));
        }
    }

    private synchronized WatchRequest resumed() {
        return begun ? request.toBuilder().setAfterRevision(position).build() : request;
    }

    private synchronized void take(WatchResponse response) {
        for (WatchEvent event : response.getEventsList()) {
            told = Math.max(told, event.getRevision());
        }
        if (response.hasBookmark()) {
            begun |= response.getBookmark().getInitialDone();
            told = Math.max(told, response.getBookmark().getRevision());
            position = latest ? response.getBookmark().getRevision() : position;
        }
        position = latest ? position : told;
        notifyAll();
    }

    private synchronized void unsupported() {
        unsupported = true;
        notifyAll();
    }

    /** Waits until it was told of a revision, or there is no use in it; returns whether it was within the time. */
    synchronized boolean awaitTold(long revision, long seconds, BooleanSupplier noUse) throws InterruptedException {
        for (long left = TimeUnit.SECONDS.toMillis(seconds); told < revision && !unsupported; left -= 100) {
            if (left <= 0 || noUse.getAsBoolean()) {
                return false;
            }
            wait(100);
        }
        return true;
    }

    /** Returns whether every change of the type concerns it. */
    boolean isOfAll() {
        return request.getName().isEmpty() && request.getLabelSelector().isEmpty();
    }

    String workspace() {
        return request.getWorkspace();
    }

    @Override
    public String toString() {
        return "watcher of " + request.getWorkspace() + " " + request.getName() + request.getLabelSelector() + " "
                + request.getMode();
    }
}
