package dev.proreus.server.rpc;

import io.grpc.Status;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Waits for the request of a call, the first one of a stream, and ends the call where it does not come: who sends
 * nothing, or a byte now and then, must not hold a call for ever. Confined to the loop of the call.
 */
final class RequestTimer {
    private final Future<?> due;

    private RequestTimer(Future<?> due) {
        this.due = due;
    }

    /** Starts to wait; {@code end} ends the call if it is not over. */
    static RequestTimer start(EventExecutor loop, Duration max, Consumer<Status> end) {
        return new RequestTimer(loop.schedule(
                () -> end.accept(Status.DEADLINE_EXCEEDED.withDescription("the request did not come within "
                        + max.toMillis() + " ms of the call's begin: send it at once, or in smaller parts")),
                max.toNanos(),
                TimeUnit.NANOSECONDS));
    }

    /** Says that the request is there, or that nobody waits for it. */
    void stop() {
        due.cancel(false);
    }
}
