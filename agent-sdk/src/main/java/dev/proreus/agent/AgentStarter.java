package dev.proreus.agent;

/**
 * The port through which {@link AgentBuilder#start} reaches what connects and runs, found as a service of the class
 * path. Agents' authors have no use for it.
 */
public interface AgentStarter {
    /** Starts an agent. Returns at once: the agent connects by itself, and again whenever it must. */
    Agent start(AgentPlan plan);
}
