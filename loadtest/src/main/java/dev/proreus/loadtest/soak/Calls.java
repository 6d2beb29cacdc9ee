package dev.proreus.loadtest.soak;

import dev.proreus.guarantees.record.Reasons;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Calls that are made again, across restarts of the server, until their outcome is certain. */
final class Calls {
    private static final long SECONDS = 60;
    private static final Set<Status.Code> BROKEN = Set.of(Status.Code.UNAVAILABLE, Status.Code.UNKNOWN);

    private final Channel channel;
    private final Uptime uptime;

    Calls(Channel channel, Uptime uptime) {
        this.channel = channel;
        this.uptime = uptime;
    }

    /** A call that was refused, though it should not have been. */
    static final class RefusedCallException extends Exception {
        private static final long serialVersionUID = 1;

        private final String reason;

        RefusedCallException(String what, String reason, Throwable cause) {
            super(what, cause);
            this.reason = reason;
        }

        /** Returns the server's reason; empty where it gave none. */
        String reason() {
            return reason;
        }
    }

    /**
     * Calls.
     *
     * @param done the reasons of refusals that say that it was done before, which a repeat may be told
     * @return the answer; empty where a try before the last was done, and its answer was lost
     */
    <Q, A> Optional<A> call(MethodDescriptor<Q, A> method, Q request, String... done) throws RefusedCallException {
        boolean repeated = false;
        while (true) {
            int mark = uptime.mark();
            try {
                return Optional.of(ClientCalls.blockingUnaryCall(
                        channel,
                        method,
                        CallOptions.DEFAULT.withWaitForReady().withDeadlineAfter(SECONDS, TimeUnit.SECONDS),
                        request));
            } catch (StatusRuntimeException e) {
                String reason = Reasons.of(e.getStatus(), e.getTrailers());
                if (repeated && Set.of(done).contains(reason)) {
                    return Optional.empty();
                }
                if (!BROKEN.contains(e.getStatus().getCode()) || !uptime.brokeSince(mark)) {
                    throw new RefusedCallException(
                            method.getBareMethodName() + " was answered " + e.getStatus(), reason, e);
                }
                repeated = true;
            }
        }
    }
}
