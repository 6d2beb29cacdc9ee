package dev.proreus.agent;

import java.time.Duration;

/**
 * A running agent: holds one session with the server, keeps its objects' newest states and calls a {@link Reconciler}
 * for each that needs it.
 *
 * <p>It connects by itself and again whenever the session is lost, and then goes on with exactly what changed. It stops
 * when it is closed, or for good when a newer instance of the same name takes over. All its threads are daemons:
 * {@code main} waits in {@link #awaitTermination()}.
 *
 * <p>Safe for use by several threads.
 */
public interface Agent extends AutoCloseable {
    /** How long {@link #close()} lets the agent finish. */
    Duration CLOSE_DEADLINE = Duration.ofSeconds(10);

    /**
     * Begins to describe an agent.
     *
     * @param target the server's {@code host:port}, such as {@code localhost:8490}
     */
    static AgentBuilder builder(String target) {
        return new AgentBuilder(target);
    }

    /** Returns whether the agent does its work now, and if not, why. */
    AgentHealth health();

    /**
     * Waits until the agent has a session and every claim is held.
     *
     * @return whether it came to that within the time
     */
    boolean awaitConnected(Duration timeout) throws InterruptedException;

    /** Waits until the agent has stopped: closed, or superseded. */
    void awaitTermination() throws InterruptedException;

    /**
     * Waits until the agent has stopped: closed, or superseded.
     *
     * @return whether it came to that within the time
     */
    boolean awaitTermination(Duration timeout) throws InterruptedException;

    /**
     * Stops the agent: lets running reconcilers end, sends what they reported, says goodbye. What has not come to an
     * end at the deadline is interrupted. Returns once the agent has stopped; does nothing where it has. Not for
     * reconcilers and listeners: it would wait for them.
     */
    void close(Duration deadline);

    /** Stops the agent, as {@link #close(Duration)} does with {@link #CLOSE_DEADLINE}. */
    @Override
    default void close() {
        close(CLOSE_DEADLINE);
    }
}
