package dev.proreus.cli.watch;

import dev.proreus.cli.loop.Backoff;
import dev.proreus.cli.loop.Loop;
import dev.proreus.v1.Bookmark;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.WatchResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One watch through any number of streams.
 *
 * <p>State: the position (revision and incarnation) up to which everything has been told, or none while the whole state
 * is still under way; the stream that counts, older ones being ignored. A stream that breaks is opened again after the
 * position, at once the first time, then with backoff; one whose position is too old starts from the whole state. One
 * message is asked for at a time, after the one before was told, so that nothing piles up here.
 *
 * <p>Thread rule: confined to the loop; what gRPC calls back on its own threads is handed over first.
 */
public final class ResumingWatch implements AutoCloseable {
    /** Streams that may end in a row for a reason that looks like a fault of the server, before it is believed. */
    private static final int FAULTS_MAX = 5;

    private final ManagedChannel channel;
    private final Loop loop;
    private final WatchRequest what;
    private final Watcher watcher;
    private final Known known = new Known();
    private final Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));

    private @Nullable Position position;
    private @Nullable Stream stream;
    private boolean complete;
    private int faults;

    /**
     * Makes a watch, which {@link #start} starts from the whole state.
     *
     * @param what workspace and type, and a name where one object is watched
     */
    public ResumingWatch(ManagedChannel channel, Loop loop, WatchRequest what, Watcher watcher) {
        this.channel = channel;
        this.loop = loop;
        this.what = what;
        this.watcher = watcher;
    }

    /** Starts with the whole state. */
    public void start() {
        open();
    }

    /** Starts after a state that was read elsewhere, whose objects are known and not told again. */
    public void startAfter(Iterable<Object> state, long revision, String incarnation) {
        state.forEach(known::seed);
        position = new Position(revision, incarnation);
        complete = true;
        open();
    }

    /** Ends the watch; nothing is told any more. */
    @Override
    public void close() {
        Stream open = stream;
        stream = null;
        if (open != null) {
            open.cancel();
        }
    }

    private void open() {
        WatchRequest.Builder request = what.toBuilder();
        if (position == null) {
            known.begin();
        } else {
            request.setAfterRevision(position.revision()).setIncarnation(position.incarnation());
        }
        Stream opened = new Stream();
        stream = opened;
        ObjectServiceGrpc.newStub(channel).watch(request.build(), opened);
    }

    private void received(Stream from, WatchResponse response) {
        if (from != stream) {
            return;
        }
        backoff.reset();
        faults = 0;
        for (WatchEvent event : response.getEventsList()) {
            known.apply(event).ifPresent(watcher::changed);
            if (position != null) {
                position = new Position(event.getRevision(), position.incarnation());
            }
        }
        if (response.hasBookmark()) {
            reached(response.getBookmark());
        }
        from.next();
    }

    private void reached(Bookmark bookmark) {
        if (bookmark.getInitialDone()) {
            known.missing(ending(), bookmark.getRevision()).forEach(watcher::changed);
            if (!complete) {
                complete = true;
                watcher.complete();
            }
        }
        if (bookmark.getInitialDone() || position != null) {
            position = new Position(bookmark.getRevision(), bookmark.getIncarnation());
        }
    }

    private void ended(Stream from, Throwable cause) {
        if (from != stream) {
            return;
        }
        stream = null;
        Status status = Status.fromThrowable(cause);
        switch (status.getCode()) {
            case OUT_OF_RANGE -> {
                position = null;
                reopen();
            }
            case UNAVAILABLE, CANCELLED, RESOURCE_EXHAUSTED, ABORTED, DEADLINE_EXCEEDED -> reopen();
            case UNKNOWN, INTERNAL, DATA_LOSS, OK -> {
                if (++faults < FAULTS_MAX) {
                    reopen();
                } else {
                    watcher.refused(failure(cause));
                }
            }
            default -> watcher.refused(failure(cause));
        }
    }

    /** Returns what it means that an object is missing: a watch with selectors cannot tell whether it exists. */
    private Change.Kind ending() {
        boolean selects =
                !what.getLabelSelector().isEmpty() || !what.getFieldSelector().isEmpty();
        return selects ? Change.Kind.LEFT : Change.Kind.DELETED;
    }

    private void reopen() {
        Stream none = new Stream();
        stream = none;
        loop.after(backoff.next(), () -> {
            if (stream == none) {
                channel.resetConnectBackoff();
                open();
            }
        });
    }

    private static StatusRuntimeException failure(Throwable cause) {
        return cause instanceof StatusRuntimeException failed
                ? failed
                : Status.fromThrowable(cause).asRuntimeException();
    }

    private record Position(long revision, String incarnation) {}

    /** One stream; its callbacks come on gRPC's threads. */
    private final class Stream implements ClientResponseObserver<WatchRequest, WatchResponse> {
        private volatile @Nullable ClientCallStreamObserver<WatchRequest> call;

        @Override
        public void beforeStart(ClientCallStreamObserver<WatchRequest> started) {
            started.disableAutoRequestWithInitial(1);
            call = started;
        }

        void next() {
            ClientCallStreamObserver<WatchRequest> open = call;
            if (open != null) {
                open.request(1);
            }
        }

        void cancel() {
            ClientCallStreamObserver<WatchRequest> open = call;
            if (open != null) {
                open.cancel("the watch was closed", null);
            }
        }

        @Override
        public void onNext(WatchResponse response) {
            loop.hand(() -> received(this, response));
        }

        @Override
        public void onError(Throwable cause) {
            loop.hand(() -> ended(this, cause));
        }

        @Override
        public void onCompleted() {
            loop.hand(() -> ended(this, Status.OK.asRuntimeException()));
        }
    }
}
