package dev.proreus.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.proreus.v1.AgentServiceGrpc;
import dev.proreus.v1.Bookmark;
import dev.proreus.v1.ConnectRequest;
import dev.proreus.v1.ConnectResponse;
import dev.proreus.v1.ConnectResponse.MessageCase;
import dev.proreus.v1.Cursor;
import dev.proreus.v1.Hello;
import dev.proreus.v1.WatchEvent;
import dev.proreus.v1.Welcome;
import io.grpc.Channel;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An agent on the other end of a real stream, used by one thread. */
final class TestAgent {
    private static final int PATIENCE_SECONDS = 30;

    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private final Deque<WatchEvent> events = new ArrayDeque<>();
    private final StreamObserver<ConnectRequest> out;

    /** A message, or the end of the stream: in peace where both are null. */
    private record Heard(
            @Nullable ConnectResponse message, @Nullable Throwable failure) {}

    TestAgent(Channel channel) {
        out = AgentServiceGrpc.newStub(channel).connect(new StreamObserver<>() {
            @Override
            public void onNext(ConnectResponse message) {
                heard.add(new Heard(message, null));
            }

            @Override
            public void onError(Throwable failure) {
                heard.add(new Heard(null, failure));
            }

            @Override
            public void onCompleted() {
                heard.add(new Heard(null, null));
            }
        });
    }

    TestAgent(Channel channel, Hello.Builder hello) {
        this(channel);
        say(Say.of(hello));
    }

    void say(ConnectRequest message) {
        out.onNext(message);
    }

    void halfClose() {
        out.onCompleted();
    }

    /** Breaks the stream off, as a process that dies does. */
    void vanish() {
        out.onError(io.grpc.Status.CANCELLED.withDescription("gone").asRuntimeException());
    }

    /** Returns the next message, which must be of this kind. */
    ConnectResponse hear(MessageCase kind) {
        ConnectResponse next = hear();
        assertThat(next.getMessageCase()).as("%s", next).isEqualTo(kind);
        return next;
    }

    ConnectResponse hear() {
        Heard next = next();
        if (next.message == null) {
            throw new AssertionError("the stream has ended", next.failure);
        }
        return next.message;
    }

    Welcome welcome() {
        return hear(MessageCase.WELCOME).getWelcome();
    }

    /** Returns the next event, out of the message under way or the next one, which must be a Delivery. */
    WatchEvent event() {
        if (events.isEmpty()) {
            events.addAll(hear(MessageCase.DELIVERY).getDelivery().getEventsList());
        }
        return events.remove();
    }

    /** Passes over everything up to the bookmark that ends a snapshot. */
    Bookmark untilInitialDone() {
        while (true) {
            ConnectResponse next = hear();
            if (next.getBookmark().getInitialDone()) {
                return next.getBookmark();
            }
        }
    }

    /** Passes over everything up to the end of the stream, which must be an error, and returns its reason. */
    String failure() {
        Heard next = next();
        while (next.message != null) {
            next = next();
        }
        if (next.failure == null) {
            throw new AssertionError("the stream has ended in peace");
        }
        Status status = StatusProto.fromThrowable(next.failure);
        if (status == null) {
            throw new AssertionError(next.failure);
        }
        return reason(status);
    }

    /** The stream must end now, in peace. */
    void end() {
        Heard next = next();
        assertThat(next.message).isNull();
        assertThat(next.failure).isNull();
    }

    static Cursor cursor(Bookmark bookmark) {
        return Cursor.newBuilder()
                .setRevision(bookmark.getRevision())
                .setIncarnation(bookmark.getIncarnation())
                .build();
    }

    static String reason(Status status) {
        try {
            return status.getDetails(0).unpack(ErrorInfo.class).getReason();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("the first detail is no ErrorInfo", e);
        }
    }

    private Heard next() {
        try {
            Heard next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came within " + PATIENCE_SECONDS + " s");
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
