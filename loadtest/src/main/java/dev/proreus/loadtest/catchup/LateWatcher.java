package dev.proreus.loadtest.catchup;

import dev.proreus.loadtest.client.MessageBuffer;
import dev.proreus.loadtest.client.RawCalls;
import dev.proreus.loadtest.client.WatchScan;
import dev.proreus.v1.WatchRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A watch that starts at an old revision of a workspace in which every revision is an event for it. It has caught up
 * when it was told of the newest revision that any write has been answered with. Runs on the event loop of its
 * connection; others read its volatile fields.
 */
final class LateWatcher extends ClientCall.Listener<MessageBuffer> implements WatchScan.Sink {
    private static final int MESSAGES_UNDER_WAY = 32;

    private final ClientCall<byte[], MessageBuffer> call;
    private final LongSupplier newest;
    private final WatchScan scan = new WatchScan();
    private volatile long last;
    private volatile boolean caughtUp;
    private volatile @Nullable String failure;

    /** @param newest gives the newest revision answered */
    LateWatcher(Channel channel, LongSupplier newest) {
        this.call = channel.newCall(RawCalls.watchWithOneBuffer(), CallOptions.DEFAULT);
        this.newest = newest;
    }

    void start(String workspace, String type, long afterRevision) {
        last = afterRevision;
        call.start(this, new Metadata());
        call.request(MESSAGES_UNDER_WAY);
        call.sendMessage(WatchRequest.newBuilder()
                .setWorkspace(workspace)
                .setType(type)
                .setAfterRevision(afterRevision)
                .build()
                .toByteArray());
        call.halfClose();
    }

    boolean caughtUp() {
        return caughtUp;
    }

    long last() {
        return last;
    }

    @Nullable
    String failure() {
        return failure;
    }

    void cancel() {
        call.cancel("the round is over", null);
    }

    @Override
    public void onMessage(MessageBuffer message) {
        try {
            scan.read(message, this);
        } catch (IOException e) {
            failure = "a message is malformed: " + e.getMessage();
        }
        if (last >= newest.getAsLong()) {
            caughtUp = true;
        }
        call.request(1);
    }

    @Override
    public void event(long revision, int writer, long generation) {
        if (revision != last + 1 && failure == null) {
            failure = "after revision " + last + " came " + revision + ", though every revision is an event";
        }
        last = revision;
    }

    @Override
    public void bookmark(long revision, boolean initialDone) {
        if (revision > last && failure == null) {
            failure = "a bookmark at " + revision + " came before the events after " + last;
        }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        if (status.getCode() != Status.Code.CANCELLED && failure == null) {
            failure = "the watch ended: " + status.getCode() + " " + status.getDescription();
        }
    }
}
