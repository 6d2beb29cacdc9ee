package dev.proreus.server.agent;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.proreus.server.rpc.Encoded;
import dev.proreus.server.rpc.EncodedBytes;
import dev.proreus.server.rpc.StreamCall;
import dev.proreus.v1.ConnectRequest;
import dev.proreus.v1.ConnectResponse;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A call without a network: its loop is a queue that the test runs, and its client says what the session asks for. */
final class ScriptedCall implements StreamCall {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Deque<ConnectRequest> unsaid = new ArrayDeque<>();
    private @Nullable AgentSession session;
    final List<ConnectResponse> heard = new ArrayList<>();
    int requested = 1;
    boolean completed;

    @Nullable
    Throwable failure;

    /** Whether the transport holds nothing; sending fills it. */
    boolean ready = true;

    /** Whether sending fills the transport, until the test drains it. */
    boolean slow;

    void serve(AgentSession served) {
        session = served;
    }

    /** Says something, as soon as the session asks for it. */
    void say(ConnectRequest message) {
        unsaid.add(message);
        run();
    }

    /** Runs the loop until it is idle. */
    void run() {
        while (true) {
            Runnable task = tasks.poll();
            if (task != null) {
                task.run();
            } else if (requested > 0 && !unsaid.isEmpty() && !isOver()) {
                requested--;
                deliver(unsaid.remove());
            } else {
                return;
            }
        }
    }

    /** Lets the client read everything. */
    void drain() {
        ready = true;
        session().ready();
        run();
    }

    /** Returns how many messages the client could not say. */
    int unsaid() {
        return unsaid.size();
    }

    AgentSession session() {
        if (session == null) {
            throw new IllegalStateException("no session serves the call");
        }
        return session;
    }

    /** Returns why the call failed. */
    Reason reason() {
        if (failure instanceof RefusedException refused) {
            return refused.reason();
        }
        throw new AssertionError("the call was not refused", failure);
    }

    ConnectResponse last() {
        return heard.get(heard.size() - 1);
    }

    private void deliver(ConnectRequest message) {
        try {
            session().next(message.toByteArray());
        } catch (InvalidProtocolBufferException | RuntimeException e) {
            fail(e);
            session().cancelled();
        }
    }

    @Override
    public Executor loop() {
        return tasks::add;
    }

    @Override
    public boolean isReady() {
        return ready && !isOver();
    }

    @Override
    public void accept() {
        // headers are of no interest
    }

    @Override
    public void send(Encoded message) {
        if (isOver()) {
            return;
        }
        ready &= !slow;
        try {
            heard.add(ConnectResponse.parseFrom(EncodedBytes.of(message)));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("the session sent no ConnectResponse", e);
        }
    }

    @Override
    public void request(int count) {
        requested += count;
    }

    @Override
    public void complete() {
        completed = true;
    }

    @Override
    public void fail(Throwable why) {
        failure = why;
    }

    @Override
    public boolean isOver() {
        return completed || failure != null;
    }
}
