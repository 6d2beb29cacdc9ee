package dev.proreus.loadtest.fleet;

import dev.proreus.agent.Agent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A crowd of robots in some workspaces: one agent for each workspace, which drives the robots that are assigned to its
 * name. Server, workspaces and type may come later: the agents try again until they are there.
 *
 * <p>Safe for use by several threads.
 */
final class Fleet implements AutoCloseable {
    /** A server that was started again is found within so long: it is on this machine, and no crowd comes with us. */
    private static final Duration LONGEST_RETRY = Duration.ofMillis(500);

    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final String TYPE = "robots";

    private final List<Agent> agents;
    private final Duration closeDeadline;
    private volatile boolean closing;

    private Fleet(List<Agent> agents, Duration closeDeadline) {
        this.agents = List.copyOf(agents);
        this.closeDeadline = closeDeadline;
    }

    /**
     * Starts a fleet.
     *
     * @param server the server's {@code host:port}
     * @param workspaces paths of the workspaces
     * @param name name of the agent in each of them
     * @param stepTime how long a step takes
     * @param closeDeadline how long each agent may take to say goodbye
     */
    static Fleet start(String server, List<String> workspaces, String name, Duration stepTime, Duration closeDeadline) {
        List<Agent> agents = new ArrayList<>();
        for (String workspace : workspaces) {
            agents.add(Agent.builder(server)
                    .workspace(workspace)
                    .name(name)
                    .reconnect(FIRST_RETRY, LONGEST_RETRY)
                    .manage(TYPE, robots -> robots.assignedTo(name).reconcile(new Robot(stepTime)))
                    .start());
        }
        return new Fleet(agents, closeDeadline);
    }

    /** Waits until no agent is left; returns why the last one stopped. */
    String awaitTermination() throws InterruptedException {
        String why = "";
        for (Agent agent : agents) {
            agent.awaitTermination();
            why = agent.health().reason();
        }
        return why;
    }

    /** Returns whether the fleet was told to stop. */
    boolean isClosing() {
        return closing;
    }

    /** Stops all agents, each within its deadline. */
    @Override
    public void close() {
        closing = true;
        agents.forEach(agent -> agent.close(closeDeadline));
    }
}
