package dev.proreus.agent.session;

import dev.proreus.agent.AgentListener;
import dev.proreus.agent.AgentObject;
import dev.proreus.agent.Handler;
import dev.proreus.agent.reconcile.StatusReport;
import dev.proreus.agent.view.Changes;
import java.time.Duration;
import java.util.List;

/** What the sessions of an agent tell it, on the loop. */
public interface SessionEvents {
    /** The server has welcomed the agent. */
    void connected(String session, long epoch, List<AgentListener.Resumed> resumed);

    /** A session is over or could not begin; the next is tried after the delay. */
    void disconnected(Refusal why, Duration retry);

    /** A newer instance has taken over; there will be no other session. */
    void superseded(String why);

    /** A subscription was refused or has ended; it is asked for again after the delay. */
    void refused(Handler handler, Refusal why, Duration retry);

    /** The view of a handler has changed. */
    void changed(int handler, Changes changes);

    /** A report is durable. */
    void reported(AgentObject object);

    /** A report was refused; the object is still held. */
    void reportRefused(int handler, StatusReport report, Refusal why);

    /** Something other than a report was refused. */
    void problem(Refusal why);

    /** What {@link Sessions#health} says may be something else now. */
    void healthMoved();
}
