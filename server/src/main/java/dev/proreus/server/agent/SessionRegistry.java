package dev.proreus.server.agent;

import dev.proreus.workspace.agent.AgentDirectory.AgentKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a server, and which of them each agent's newest is. Any thread may call; one lock guards all, and
 * nobody is called under it.
 */
final class SessionRegistry {
    private final Set<AgentSession> sessions = new HashSet<>();
    private final Map<AgentKey, Integer> opening = new HashMap<>();
    private final Map<AgentKey, Tenure> newest = new HashMap<>();

    /**
     * A session that acts for an agent.
     *
     * @param session the session
     * @param instance the instance that holds it
     * @param epoch its epoch
     */
    record Tenure(AgentSession session, String instance, long epoch) {}

    /** Adds a session that has not said Hello. */
    synchronized void join(AgentSession session) {
        sessions.add(session);
    }

    /** Takes note that a session for an agent is about to be recorded. */
    synchronized void opening(AgentKey agent) {
        opening.merge(agent, 1, Integer::sum);
    }

    /** Takes note that the session announced by {@link #opening} was not recorded. */
    synchronized void notOpened(AgentKey agent) {
        opening.computeIfPresent(agent, (key, count) -> count == 1 ? null : count - 1);
    }

    /**
     * Takes note that the session announced by {@link #opening} was recorded.
     *
     * @return the session that this one takes over from; or this one, where a newer one was recorded already, and that
     *     one with it; null where the agent had none
     */
    synchronized @Nullable Handover opened(AgentKey agent, Tenure tenure) {
        notOpened(agent);
        Tenure other = newest.get(agent);
        if (other != null && other.epoch() > tenure.epoch()) {
            return new Handover(tenure, other);
        }
        newest.put(agent, tenure);
        return other == null ? null : new Handover(other, tenure);
    }

    /**
     * One session takes over from another.
     *
     * @param from the older one
     * @param to the newer one
     */
    record Handover(Tenure from, Tenure to) {}

    /** Forgets a session that has ended; {@code agent} is null where it never acted for one. */
    synchronized void leave(AgentSession session, @Nullable AgentKey agent) {
        sessions.remove(session);
        if (agent != null) {
            newest.computeIfPresent(agent, (key, tenure) -> tenure.session().equals(session) ? null : tenure);
        }
    }

    /** Returns whether an agent has a session, or is about to. */
    synchronized boolean isPresent(AgentKey agent) {
        return newest.containsKey(agent) || opening.containsKey(agent);
    }

    /** Returns how many sessions there are. */
    synchronized int size() {
        return sessions.size();
    }

    /** Returns the sessions of now. */
    synchronized List<AgentSession> sessions() {
        return List.copyOf(sessions);
    }
}
