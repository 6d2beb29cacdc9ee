package dev.proreus.agent.session;

import dev.proreus.agent.pace.Loop;
import dev.proreus.v1.AgentServiceGrpc;
import dev.proreus.v1.ConnectRequest;
import dev.proreus.v1.ConnectResponse;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One Connect call on a connection of its own.
 *
 * <p>Thread rule: the transport calls in on its threads, and all that happens there is to hand over to the loop;
 * everything else runs on the loop. At most {@link #MESSAGES_UNDER_WAY} messages are between the transport and the
 * loop, since the next is asked for when one has been dealt with. A message that its owner fails on ends the call, and
 * none that follows is shown: what comes after it must not count as if it had been taken.
 */
final class AgentCall {
    /** What a call tells its owner, on the loop. */
    interface Owner {
        /** A message came. */
        void received(AgentCall call, ConnectResponse message);

        /** The call can take messages again. */
        void ready(AgentCall call);

        /** The call is over, for any reason; the last that is heard of it. */
        void ended(AgentCall call, Refusal why);
    }

    /** Messages that may be under way between the transport and the loop. */
    static final int MESSAGES_UNDER_WAY = 8;

    private final ManagedChannel channel;
    private final Loop loop;
    private final Owner owner;
    private @Nullable ClientCallStreamObserver<ConnectRequest> requests;
    private boolean finished;
    private boolean cancelled;

    private AgentCall(ManagedChannel channel, Loop loop, Owner owner) {
        this.channel = channel;
        this.loop = loop;
        this.owner = owner;
    }

    /** Begins a call; the channel is the call's own and is shut down with it. */
    static AgentCall open(ManagedChannel channel, Loop loop, Owner owner) {
        AgentCall call = new AgentCall(channel, loop, owner);
        var unused = AgentServiceGrpc.newStub(channel).connect(call.new Responses());
        return call;
    }

    boolean isReady() {
        return !finished && requests().isReady();
    }

    void send(ConnectRequest message) {
        if (!finished) {
            requests().onNext(message);
        }
    }

    /** Says goodbye: nothing more is sent, and the server ends the call. */
    void halfClose() {
        if (!finished) {
            finished = true;
            requests().onCompleted();
        }
    }

    /** Ends the call at once: its owner hears of its end, and of nothing else that is under way. */
    void cancel(String why) {
        finished = true;
        cancelled = true;
        requests().cancel(why, null);
        channel.shutdownNow();
    }

    private void take(ConnectResponse message) {
        if (cancelled) {
            return;
        }
        try {
            owner.received(this, message);
        } catch (RuntimeException e) {
            cancel("a message could not be taken");
            throw e;
        }
        requests().request(1);
    }

    private ClientCallStreamObserver<ConnectRequest> requests() {
        return Objects.requireNonNull(requests);
    }

    private void over(Refusal why) {
        finished = true;
        channel.shutdownNow();
        owner.ended(this, why);
    }

    private final class Responses implements ClientResponseObserver<ConnectRequest, ConnectResponse> {
        @Override
        public void beforeStart(ClientCallStreamObserver<ConnectRequest> stream) {
            requests = stream;
            stream.disableAutoRequestWithInitial(MESSAGES_UNDER_WAY);
            stream.setOnReadyHandler(() -> loop.execute(() -> owner.ready(AgentCall.this)));
        }

        @Override
        public void onNext(ConnectResponse message) {
            loop.execute(() -> take(message));
        }

        @Override
        public void onError(Throwable thrown) {
            Refusal why = Refusal.of(thrown);
            loop.execute(() -> over(why));
        }

        @Override
        public void onCompleted() {
            loop.execute(() -> over(new Refusal("OK", "ENDED", "the server ended the session")));
        }
    }
}
