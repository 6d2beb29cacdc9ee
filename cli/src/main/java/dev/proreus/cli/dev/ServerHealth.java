package dev.proreus.cli.dev;

import dev.proreus.cli.connection.Connection;
import dev.proreus.cli.loop.Loop;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.time.Duration;

/**
 * Finds out when a server that was just started serves. A channel waits a second after a refused connection; here it is
 * told to try again every few milliseconds, since a start takes about one. Confined to the loop.
 */
final class ServerHealth {
    private static final Duration TRIED_EVERY = Duration.ofMillis(25);

    private final Connection connection;
    private final Loop loop;
    private final Calls calls;
    private final Runnable serves;
    private int asked;
    private boolean waiting;

    ServerHealth(Connection connection, Loop loop, Calls calls, Runnable serves) {
        this.connection = connection;
        this.loop = loop;
        this.calls = calls;
        this.serves = serves;
    }

    /** Waits for the server that was started now; what was waited for before counts no more. */
    void await() {
        asked++;
        if (!waiting) {
            waiting = true;
            hurry();
        }
        ask(asked);
    }

    private void hurry() {
        if (waiting) {
            connection.channel().resetConnectBackoff();
            loop.after(TRIED_EVERY, this::hurry);
        }
    }

    private void ask(int now) {
        calls.call(
                HealthGrpc.getCheckMethod(),
                HealthCheckRequest.getDefaultInstance(),
                answer -> answered(now, answer),
                failure -> again(now));
    }

    private void answered(int then, HealthCheckResponse answer) {
        if (then != asked) {
            return;
        }
        if (answer.getStatus() == ServingStatus.SERVING) {
            waiting = false;
            serves.run();
        } else {
            again(then);
        }
    }

    private void again(int then) {
        loop.after(TRIED_EVERY, () -> {
            if (then == asked) {
                ask(then);
            }
        });
    }
}
