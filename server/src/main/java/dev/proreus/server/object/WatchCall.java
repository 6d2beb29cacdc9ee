package dev.proreus.server.object;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.proreus.server.rpc.Checks;
import dev.proreus.server.rpc.Encoded;
import dev.proreus.server.rpc.NotBuiltYet;
import dev.proreus.server.rpc.StreamCall;
import dev.proreus.server.rpc.StreamHandler;
import dev.proreus.v1.Bookmark;
import dev.proreus.v1.DeliveryMode;
import dev.proreus.v1.Scope;
import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.WatchResponse;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.engine.Engine;
import dev.proreus.workspace.select.Selector;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.TypeDefinition;
import dev.proreus.workspace.watch.Subscription;
import dev.proreus.workspace.watch.WatchFilter;
import dev.proreus.workspace.watch.WatchSink;
import dev.proreus.workspace.watch.WatchSpec;
import dev.proreus.workspace.watch.WatchStart;
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
    private String incarnation = "";

    WatchCall(Engine engine, StreamCall call) {
        this.engine = engine;
        this.call = call;
    }

    @Override
    public void next(byte[] bytes) throws InvalidProtocolBufferException {
        if (subscription != null) {
            throw Checks.refusal("request", "is the second one; a Watch call takes one");
        }
        WatchRequest request = WatchRequest.parseFrom(bytes);
        checkBuilt(request);
        Workspace workspace = engine.workspaces().at(WorkspacePath.parse(request.getWorkspace()));
        TypeDefinition type = engine.types().resolve(workspace, request.getType());
        WatchFilter filter = filter(type, request);
        WatchSpec spec = new WatchSpec(workspace.id(), type.id(), () -> filter, start(workspace, request), false, 0);
        incarnation = workspace.incarnation().toString();
        subscription = engine.watch(spec, this, call.loop());
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
    public void events(List<ByteString> events) {
        call.send(Encoded.of(events));
    }

    @Override
    public void snapshotBegin(long revision) {
        throw new IllegalStateException("a plain watch is not framed");
    }

    @Override
    public void bookmark(long revision, boolean initialDone) {
        Bookmark bookmark = Bookmark.newBuilder()
                .setRevision(revision)
                .setInitialDone(initialDone)
                .setIncarnation(incarnation)
                .build();
        call.send(Encoded.of(WatchResponse.newBuilder().setBookmark(bookmark).build()));
    }

    @Override
    public void ended(RuntimeException why) {
        call.fail(why);
    }

    private WatchStart start(Workspace workspace, WatchRequest request) {
        return switch (request.getStartCase()) {
            case START_NOT_SET -> new WatchStart.InitialState();
            case AFTER_REVISION ->
                engine.after(
                        workspace,
                        Checks.notNegative("after_revision", request.getAfterRevision()),
                        request.getIncarnation());
            case RESUME_TOKEN -> throw NotBuiltYet.refusal("resume_token", "use after_revision");
            case NOW -> throw NotBuiltYet.refusal("now", "list, then watch after_revision the list's revision");
        };
    }

    private static WatchFilter filter(TypeDefinition type, WatchRequest request) {
        Selector selector = Checks.selector(type, request.getLabelSelector(), request.getFieldSelector());
        String name = request.getName();
        return Engine.selected(name.isEmpty() ? selector : selector.and(Selector.ofName(Checks.objectName(name))));
    }

    private static void checkBuilt(WatchRequest request) {
        int scope = request.getScopeValue();
        int mode = request.getModeValue();
        NotBuiltYet.check(
                scope != Scope.SCOPE_UNSPECIFIED_VALUE && scope != Scope.SCOPE_WORKSPACE_VALUE,
                "a scope other than SCOPE_WORKSPACE");
        NotBuiltYet.check(
                mode != DeliveryMode.DELIVERY_MODE_UNSPECIFIED_VALUE && mode != DeliveryMode.DELIVERY_MODE_EVERY_VALUE,
                "a mode other than DELIVERY_MODE_EVERY");
        NotBuiltYet.check(request.getPrevious(), "previous");
    }
}
