package dev.proreus.cli.dev;

import dev.proreus.cli.connection.Connection;
import dev.proreus.cli.loop.Loop;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;

/** Calls to the server whose answers come back on the loop. */
final class Calls {
    private final Connection connection;
    private final Loop loop;

    Calls(Connection connection, Loop loop) {
        this.connection = connection;
        this.loop = loop;
    }

    /** Calls a method once the server is there; one of the two consumers gets what comes of it. */
    <Q, A> void call(
            MethodDescriptor<Q, A> method, Q request, Consumer<A> answer, Consumer<StatusRuntimeException> failure) {
        connection.callWhenReady(method, request, new StreamObserver<A>() {
            @Override
            public void onNext(A response) {
                loop.hand(() -> answer.accept(response));
            }

            @Override
            public void onError(Throwable cause) {
                StatusRuntimeException failed = cause instanceof StatusRuntimeException status
                        ? status
                        : Status.fromThrowable(cause).asRuntimeException();
                loop.hand(() -> failure.accept(failed));
            }

            @Override
            public void onCompleted() {}
        });
    }

    /** Returns whether the call failed because the server is not there now, or is going. */
    static boolean isAbsence(StatusRuntimeException failed) {
        return switch (failed.getStatus().getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, UNKNOWN -> true;
            default -> false;
        };
    }
}
