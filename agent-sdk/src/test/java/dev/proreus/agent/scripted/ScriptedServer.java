package dev.proreus.agent.scripted;

import dev.proreus.v1.AgentServiceGrpc;
import dev.proreus.v1.ConnectRequest;
import dev.proreus.v1.ConnectResponse;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An agent service on a real port of loopback, whose sessions a test plays by hand. */
public final class ScriptedServer implements AutoCloseable {
    /** How long a test waits for what must come: long enough for a machine that has much else to do. */
    static final long PATIENCE_SECONDS = 60;

    private final BlockingQueue<ScriptedSession> sessions = new LinkedBlockingQueue<>();
    private final int port;
    private Server server;

    private ScriptedServer() {
        server = listen(0);
        port = server.getPort();
    }

    /** Starts a server on a free port. */
    public static ScriptedServer start() {
        return new ScriptedServer();
    }

    /** Returns where it listens. */
    public String target() {
        return "127.0.0.1:" + port;
    }

    /** Waits for the next session that an agent begins. */
    public ScriptedSession awaitSession() throws InterruptedException {
        ScriptedSession session = sessions.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (session == null) {
            throw new AssertionError("no agent connected");
        }
        return session;
    }

    /** Returns whether no session waits to be taken. */
    public boolean isQuiet() {
        return sessions.isEmpty();
    }

    /** Goes away as a process that is killed does: connections are cut and nobody listens. */
    public void kill() throws InterruptedException {
        server.shutdownNow();
        if (!server.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the server does not end");
        }
    }

    /** Listens again, on the port of before. */
    public void restart() {
        server = listen(port);
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private Server listen(int where) {
        try {
            return Grpc.newServerBuilderForPort(where, InsecureServerCredentials.create())
                    .directExecutor()
                    .permitKeepAliveTime(10, TimeUnit.SECONDS)
                    .addService(new Service())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Service extends AgentServiceGrpc.AgentServiceImplBase {
        @Override
        public StreamObserver<ConnectRequest> connect(StreamObserver<ConnectResponse> responses) {
            ScriptedSession session = new ScriptedSession((ServerCallStreamObserver<ConnectResponse>) responses);
            sessions.add(session);
            return session.requests();
        }
    }
}
