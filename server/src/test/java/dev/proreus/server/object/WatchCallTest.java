package dev.proreus.server.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.proreus.server.rpc.Encoded;
import dev.proreus.server.rpc.StreamCall;
import dev.proreus.v1.WatchRequest;
import dev.proreus.workspace.Place;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.engine.Engine;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.tree.WorkspaceTree;
import dev.proreus.workspace.type.SystemTypes;
import dev.proreus.workspace.type.TypeCatalog;
import dev.proreus.workspace.watch.Subscription;
import dev.proreus.workspace.watch.WatchMessage;
import dev.proreus.workspace.watch.WatchSpec;
import dev.proreus.workspace.watch.WatchStart;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One Watch call between a transport and an engine that write down what they are told. */
class WatchCallTest {
    private static final byte[] REQUEST = WatchRequest.newBuilder()
            .setWorkspace("root")
            .setType("agents")
            .build()
            .toByteArray();

    private final List<String> told = new ArrayList<>();
    private final Workspace root =
            new Workspace(new Place("root", 1), new UUID(1, 1), new UUID(2, 2), Instant.EPOCH, Workspace.Progress.NONE);
    private final WatchCall watch = new WatchCall(engine(), new WrittenCall());
    private @Nullable WatchSpec spec;

    @Test
    void itSubscribesOnTheLoopOfItsCall() throws Exception {
        watch.next(REQUEST);

        assertThat(told).containsExactly("watch on the call's loop", "accept");
        assertThat(spec).isNotNull();
        assertThat(spec.typeId()).isEqualTo(SystemTypes.AGENTS.id());
        assertThat(spec.start()).isEqualTo(new WatchStart.InitialState());
        assertThat(spec.framed()).isFalse();
        assertThat(spec.filter().get().matches(Selectable.named("anything"))).isTrue();
    }

    @Test
    void aClientThatLeavesEndsTheSubscription() throws Exception {
        watch.next(REQUEST);
        told.clear();

        watch.halfClosed();
        watch.ready();
        watch.cancelled();

        assertThat(told).containsExactly("ready", "cancel");
    }

    @Test
    void aClientThatLeavesBeforeItAskedHarmsNothing() {
        watch.ready();
        watch.cancelled();

        assertThat(told).isEmpty();
    }

    @Test
    void eventsAreSentAsOneMessageAndAnEndWithItsReason() throws Exception {
        watch.next(REQUEST);
        told.clear();

        watch.events(new WatchMessage(
                List.of(ByteString.copyFromUtf8("abc"), ByteString.copyFromUtf8("de")),
                List.of(),
                WatchMessage.NO_BOOKMARK));
        watch.ended(RefusedException.because(Reason.STOPPING, "the server stops"));

        assertThat(told).containsExactly("send 5 bytes", "fail the server stops");
    }

    @Test
    void aSecondRequestIsRefused() throws Exception {
        watch.next(REQUEST);

        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> watch.next(REQUEST));

        assertThat(refused.reason()).isEqualTo(Reason.BAD_REQUEST);
    }

    /** An engine that knows root and its system types, and can be watched. */
    private Engine engine() {
        WorkspaceTree tree = new WorkspaceTree();
        tree.add(root);
        TypeCatalog types = new TypeCatalog(tree);
        return (Engine) Proxy.newProxyInstance(
                Engine.class.getClassLoader(),
                new Class<?>[] {Engine.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "workspaces" -> tree;
                    case "types" -> types;
                    case "watch" -> {
                        spec = (WatchSpec) arguments[0];
                        told.add(arguments[2] == WrittenCall.LOOP ? "watch on the call's loop" : "watch elsewhere");
                        yield new WrittenSubscription();
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private final class WrittenSubscription implements Subscription {
        @Override
        public void ready() {
            told.add("ready");
        }

        @Override
        public void requestBookmark() {
            told.add("bookmark");
        }

        @Override
        public void cancel() {
            told.add("cancel");
        }
    }

    private final class WrittenCall implements StreamCall {
        private static final Executor LOOP = Runnable::run;

        @Override
        public Executor loop() {
            return LOOP;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void accept() {
            told.add("accept");
        }

        @Override
        public void send(Encoded message) {
            told.add("send " + message.size() + " bytes");
        }

        @Override
        public void request(int count) {
            told.add("request " + count);
        }

        @Override
        public void complete() {
            told.add("complete");
        }

        @Override
        public void fail(Throwable why) {
            told.add("fail " + why.getMessage());
        }

        @Override
        public boolean isOver() {
            return false;
        }
    }
}
