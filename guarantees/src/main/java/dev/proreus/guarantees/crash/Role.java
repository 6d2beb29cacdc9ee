package dev.proreus.guarantees.crash;

import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Set;
import java.util.function.Consumer;

/** What a client does again and again, on a thread of its own, whatever becomes of the server. */
interface Role {
    /** What a call may say whose server is gone; of one that lives, only the first is no fault. */
    Set<Status.Code> GONE = Set.of(
            Status.Code.UNAVAILABLE,
            Status.Code.CANCELLED,
            Status.Code.DEADLINE_EXCEEDED,
            Status.Code.UNKNOWN,
            Status.Code.INTERNAL);

    /** Does one thing through a channel; throws what the call throws. */
    void act(Channel channel);

    /** Plays the role until the run ends; what the role cannot deal with goes to {@code failed}. */
    default void play(Door door, ClientInterceptor recorded, Consumer<String> failed) {
        try {
            Channel channel = door.other(null);
            while (channel != null) {
                try {
                    act(ClientInterceptors.intercept(channel, recorded));
                } catch (StatusRuntimeException e) {
                    Status.Code code = e.getStatus().getCode();
                    boolean fault = code != Status.Code.UNAVAILABLE && door.leadsTo(channel);
                    if (fault || !GONE.contains(code)) {
                        failed.accept(this + " was answered " + e.getStatus());
                        door.left();
                        return;
                    }
                    channel = door.other(channel);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
