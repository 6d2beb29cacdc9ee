package dev.proreus.server.object;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.proreus.server.rpc.Checks;
import dev.proreus.server.rpc.Encoded;
import dev.proreus.server.rpc.StreamCall;
import dev.proreus.server.rpc.StreamHandler;
import dev.proreus.v1.Bookmark;
import dev.proreus.v1.Route;
import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.WatchResponse;
import dev.proreus.workspace.engine.Engine;
import dev.proreus.workspace.watch.Subscription;
import dev.proreus.workspace.watch.WatchMessage;
import dev.proreus.workspace.watch.WatchSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One Watch call: a subscription of the engine on one side, a stream of the transport on the other, and nothing between
 * them. The subscription runs on the call's own event loop, so neither a lock nor a hand-over lies between a commit's
 * wake-up of the loop and the frame.
 *
 * <p>It holds no events. While the transport still has a message, the subscription notes what happens, and
 * {@link #ready} lets it go on; a message is the concatenation of events that all watches share.
 */
final class WatchCall implements StreamHandler.Requests, WatchSink {
    private final Engine engine;
    private final StreamCall call;
    private @Nullable Subscription subscription;
    private @Nullable WatchWish wish;

    WatchCall(Engine engine, StreamCall call) {
        this.engine = engine;
        this.call = call;
    }

    @Override
    public void next(byte[] bytes) throws InvalidProtocolBufferException {
        if (subscription != null) {
            throw Checks.refusal("request", "is the second one; a Watch call takes one");
        }
        WatchWish asked = WatchWish.read(engine, WatchRequest.parseFrom(bytes));
        wish = asked;
        subscription = engine.watch(asked.spec(engine), this, call.loop());
        call.accept();
    }

    @Override
    public void halfClosed() {
        if (subscription == null) {
            throw Checks.refusal("request", "is missing");
        }
    }

    @Override
    public void ready() {
        if (subscription != null) {
            subscription.ready();
        }
    }

    @Override
    public void cancelled() {
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public boolean isReady() {
        return call.isReady();
    }

    @Override
    public void events(WatchMessage message) {
        if (!message.hasBookmark() && message.workspaces().isEmpty()) {
            call.send(Encoded.of(message.events()));
            return;
        }
        WatchResponse.Builder rest = WatchResponse.newBuilder();
        for (int event = 0; event < message.workspaces().size(); event++) {
            rest.addRoutes(Route.newBuilder()
                    .setEvent(event)
                    .setWorkspace(message.workspaces().get(event)));
        }
        if (message.hasBookmark()) {
            rest.setBookmark(asked().bookmark(engine, message.bookmark(), false));
        }
        List<ByteString> segments = new ArrayList<>(message.events());
        segments.add(rest.build().toByteString());
        call.send(Encoded.of(segments));
    }

    @Override
    public void snapshotBegin(long position) {
        throw new IllegalStateException("a plain watch is not framed");
    }

    @Override
    public void bookmark(long position, boolean initialDone) {
        Bookmark bookmark = asked().bookmark(engine, position, initialDone);
        call.send(Encoded.of(WatchResponse.newBuilder().setBookmark(bookmark).build()));
    }

    @Override
    public void ended(RuntimeException why) {
        call.fail(why);
    }

    private WatchWish asked() {
        if (wish == null) {
            throw new IllegalStateException("nothing was asked for");
        }
        return wish;
    }
}
