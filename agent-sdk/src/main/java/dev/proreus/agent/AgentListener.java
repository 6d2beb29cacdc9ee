package dev.proreus.agent;

import java.time.Duration;
import java.util.List;

/**
 * Sees what an agent does, for dashboards and tests. All methods do nothing by default.
 *
 * <p>Called on the agent's own thread, one call after another, in the order in which things happened. A method must
 * return at once: while it runs, the agent does nothing else. What it throws is logged and has no other effect.
 */
public interface AgentListener {
    /** How a subscription goes on in a new session. */
    enum Resumed {
        /** With exactly what changed since the agent was last connected. */
        DELTA,
        /** With everything that matches. */
        SNAPSHOT,
        /** Not yet: it was refused, or is not answered. */
        NONE
    }

    /**
     * A session has begun.
     *
     * @param session the session's name in the server's logs
     * @param epoch the session's epoch
     * @param resumed how each handler's subscription goes on, in the order of {@code manage}
     */
    default void connected(String session, long epoch, List<Resumed> resumed) {}

    /**
     * A session has ended, or could not begin.
     *
     * @param reason why
     * @param retry when the agent tries again
     */
    default void disconnected(String reason, Duration retry) {}

    /** A handler's subscription was refused, such as with CLAIM_HELD; the agent asks again after a while. */
    default void refused(Handler handler, String reason) {}

    /** A newer instance of this agent has taken over; the agent stops for good. */
    default void superseded(String reason) {}

    /** A reconciler has returned or thrown; the object is the one that it was given. */
    default void reconciled(AgentObject object, Result result) {}

    /**
     * A report is durable: the object is the one that the report spoke of, with the status and version that it has now.
     */
    default void reported(AgentObject object) {}

    /** The server could not do what a message asked for; the session goes on. */
    default void problem(String reason, String message) {}
}
