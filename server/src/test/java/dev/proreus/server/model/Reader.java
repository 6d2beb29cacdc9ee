package dev.proreus.server.model;

import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.WatchResponse;
import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import org.jspecify.annotations.Nullable;

/** A watch whose client takes as many messages as it was granted: quick, slow or stopped, until it vanishes. */
final class Reader implements ClientResponseObserver<WatchRequest, WatchResponse> {
    private final WatchRequest request;
    private @Nullable ClientCallStreamObserver<WatchRequest> call;
    private volatile boolean ended;
    private volatile boolean begun;
    private volatile long newest;
    private volatile long bookmark;

    private Reader(WatchRequest request) {
        this.request = request;
        this.newest = request.getAfterRevision();
        this.bookmark = request.getAfterRevision();
        this.begun = request.hasAfterRevision();
    }

    static Reader open(Channel channel, WatchRequest request) {
        Reader reader = new Reader(request);
        ObjectServiceGrpc.newStub(channel).watch(request, reader);
        return reader;
    }

    WatchRequest request() {
        return request;
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
        ended = true;
        if (call != null) {
            call.cancel("the reader vanishes", null);
        }
    }

    boolean ended() {
        return ended;
    }

    /** Returns the newest revision that it was told of. */
    long newest() {
        return newest;
    }

    /** Returns the request that goes on where this reader stopped; null where it never began. */
    @Nullable
    WatchRequest resumed(boolean latest) {
        return begun
                ? request.toBuilder()
                        .setAfterRevision(latest ? bookmark : newest)
                        .build()
                : null;
    }

    @Override
    public void onNext(WatchResponse response) {
        for (WatchEvent event : response.getEventsList()) {
            newest = begun ? event.getRevision() : newest;
        }
        if (response.hasBookmark()) {
            bookmark = response.getBookmark().getRevision();
            newest = Math.max(newest, bookmark);
            begun |= response.getBookmark().getInitialDone();
        }
    }

    @Override
    public void onError(Throwable why) {
        ended = true;
    }

    @Override
    public void onCompleted() {
        ended = true;
    }
}
