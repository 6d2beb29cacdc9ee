package dev.proreus.agent;

import java.time.Duration;
import java.util.List;

/**
 * What an {@link AgentBuilder} settled.
 *
 * @param target the server's {@code host:port}
 * @param workspace path of the agent's home workspace
 * @param name the agent's name
 * @param handlers what it does, one a type and claim
 * @param workers how many reconcilers may run at once
 * @param reconnect how long to wait before connecting again
 * @param heartbeat how the agent shows that it lives
 * @param listener sees what it does
 */
public record AgentPlan(
        String target,
        String workspace,
        String name,
        List<Handler> handlers,
        int workers,
        Reconnect reconnect,
        Heartbeat heartbeat,
        AgentListener listener) {
    /** How an agent shows that it lives. */
    public enum Heartbeat {
        /** By HTTP/2 pings of the transport. */
        TRANSPORT,
        /** By messages in the stream, for networks in which something else answers pings. */
        MESSAGE
    }

    /**
     * How long to wait before connecting again: a random part of a delay that doubles from one try to the next.
     *
     * @param first the longest wait before the first try
     * @param cap the longest wait before any try
     */
    public record Reconnect(Duration first, Duration cap) {
        /** Checks that the waits make sense. */
        public Reconnect {
            if (first.isZero() || first.isNegative() || cap.compareTo(first) < 0) {
                throw new IllegalArgumentException(
                        "reconnect after " + first + " up to " + cap + ": must be above zero, the second the longer");
            }
        }
    }

    /** Copies the handlers. */
    public AgentPlan {
        handlers = List.copyOf(handlers);
    }
}
