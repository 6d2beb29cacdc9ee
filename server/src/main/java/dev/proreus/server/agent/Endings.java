package dev.proreus.server.agent;

import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;

/** Why sessions end that nothing refused. */
final class Endings {
    private Endings() {}

    /** Returns why a stream without Hello ends. */
    static RefusedException noHello() {
        long seconds = SessionBounds.HELLO_WITHIN.toSeconds();
        return RefusedException.because(Reason.BAD_REQUEST, "no hello within " + seconds + " s: send it first")
                .with("seconds", seconds);
    }

    /** Returns why a session that was to close ends. */
    static RefusedException noEnd() {
        long seconds = SessionBounds.CLOSING_WITHIN.toSeconds();
        return RefusedException.because(
                        Reason.OUTCOME_UNKNOWN,
                        "the session could not close within " + seconds + " s: reports without a result may have"
                                + " happened or not")
                .with("seconds", seconds);
    }

    /** Returns why a session without heartbeats ends. */
    static RefusedException noHeartbeat() {
        long seconds = SessionBounds.SILENCE.toSeconds();
        return RefusedException.because(
                        Reason.HEARTBEAT_MISSED,
                        "nothing came for " + seconds + " s: connect again, and send a heartbeat each"
                                + " heartbeat_interval of Welcome")
                .with("seconds", seconds);
    }

    /** Returns why the sessions of a server that stops end. */
    static RefusedException stopping() {
        return RefusedException.because(Reason.STOPPING, "the server is shutting down: connect again");
    }

    /** Returns why a session that was taken over from ends. */
    static RefusedException superseded(String instance, long epoch) {
        return RefusedException.because(
                        Reason.SUPERSEDED,
                        "instance " + instance + " of this agent has taken over: stop this one, or give it"
                                + " another agent's name")
                .with("instance", instance)
                .with("epoch", epoch);
    }

    /** Returns why the sessions of a workspace that is gone end. */
    static RefusedException workspaceDeleted() {
        return RefusedException.because(
                Reason.WORKSPACE_DELETED,
                "the workspace was deleted, and the Agent object with it: connect again once it is created anew");
    }

    /** Returns why a session ends whose Agent object somebody deleted. */
    static RefusedException agentDeleted(String agent) {
        return RefusedException.because(
                        Reason.SUPERSEDED,
                        "the Agent object " + agent + " was deleted, and its claims with it: connect again")
                .with("agent", agent);
    }
}
