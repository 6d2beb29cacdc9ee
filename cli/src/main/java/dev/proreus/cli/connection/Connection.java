package dev.proreus.cli.connection;

import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.failure.FailedException;
import dev.proreus.cli.failure.Refusal;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One channel to one server. Thread-safe. */
public final class Connection implements AutoCloseable {
    /** How long a call may take that is answered once. */
    public static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Endpoint server;
    private final ManagedChannel channel;

    public Connection(Endpoint server, Channels channels) {
        this.server = server;
        this.channel = channels.open(server);
    }

    public Endpoint server() {
        return server;
    }

    /** Returns the channel, for streams. */
    public ManagedChannel channel() {
        return channel;
    }

    /**
     * Calls a method and waits for its one answer.
     *
     * @throws FailedException that tells what the server answered instead, or that it did not
     */
    public <Q, A> A call(MethodDescriptor<Q, A> method, Q request) {
        try {
            return ClientCalls.blockingUnaryCall(channel, method, withDeadline(DEADLINE), request);
        } catch (StatusRuntimeException e) {
            throw failure(e);
        }
    }

    /** Calls a method, waiting for the server to be there first, and tells the observer on another thread. */
    public <Q, A> void callWhenReady(MethodDescriptor<Q, A> method, Q request, StreamObserver<A> observer) {
        CallOptions options = withDeadline(DEADLINE).withWaitForReady();
        ClientCalls.asyncUnaryCall(channel.newCall(method, options), request, observer);
    }

    /** Returns what the user is told of a call that failed. */
    public FailedException failure(StatusRuntimeException failed) {
        Refusal refusal = Refusal.of(failed);
        if (refusal.reason().isEmpty() && refusal.code() == Status.Code.UNAVAILABLE) {
            return FailedException.because(ExitCode.FAILED, "no server answers at " + server)
                    .hopelessly()
                    .detail("(" + cause(failed) + ")")
                    .advise("./proreus dev, which starts one, with workspaces and a fleet to look at")
                    .advise("--server HOST:PORT or PROREUS_SERVER, where it listens elsewhere");
        }
        if (refusal.reason().isEmpty() && refusal.code() == Status.Code.DEADLINE_EXCEEDED) {
            return FailedException.because(
                            ExitCode.TIMEOUT, server + " did not answer within " + DEADLINE.toSeconds() + " s")
                    .hopelessly();
        }
        FailedException failure = refusal.failure();
        return new Suggestions(channel)
                .to(refusal)
                .map(word -> failure.advise("did you mean " + word + "?"))
                .orElse(failure);
    }

    /** Lets the calls under way go. */
    @Override
    public void close() {
        channel.shutdownNow();
    }

    private static CallOptions withDeadline(Duration deadline) {
        return CallOptions.DEFAULT.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static String cause(StatusRuntimeException failed) {
        Throwable cause = failed;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String text = String.valueOf(cause == failed ? failed.getStatus().getDescription() : cause.getMessage());
        return "UNAVAILABLE: " + text.substring(text.lastIndexOf(": ") + 1).strip();
    }
}
