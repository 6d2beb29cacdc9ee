package dev.proreus.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** Says what an agent is called, where it connects and what it does; then starts it. For one thread. */
public final class AgentBuilder {
    /** Handlers of one agent: the server takes at most so many subscriptions in a stream. */
    public static final int MAX_HANDLERS = 64;

    private static final int WORKERS = 16;
    private static final int MAX_WORKERS = 1024;

    private final String target;
    private final List<Handler> handlers = new ArrayList<>();
    private String workspace = "";
    private String name = "";
    private int workers = WORKERS;
    private AgentPlan.Reconnect reconnect = new AgentPlan.Reconnect(Duration.ofMillis(100), Duration.ofSeconds(5));
    private AgentPlan.Heartbeat heartbeat = AgentPlan.Heartbeat.TRANSPORT;
    private AgentListener listener = new AgentListener() {};

    AgentBuilder(String target) {
        this.target = Text.require("target", target);
    }

    /** Sets the path of the agent's home workspace, such as {@code root:acme}. Needed. */
    public AgentBuilder workspace(String path) {
        workspace = Text.require("workspace", path);
        return this;
    }

    /**
     * Sets the agent's name, that of its Agent object. Needed. A process that starts with the name of one that runs
     * takes over from it.
     */
    public AgentBuilder name(String newName) {
        name = Text.require("name", newName);
        return this;
    }

    /**
     * Adds what the agent does with objects of a type; at most {@link #MAX_HANDLERS} times.
     *
     * @param type any name of the resource type, such as {@code robots}
     * @param handler says which objects, and how
     */
    public AgentBuilder manage(String type, Consumer<HandlerBuilder> handler) {
        if (handlers.size() == MAX_HANDLERS) {
            throw new IllegalArgumentException("an agent has at most " + MAX_HANDLERS + " handlers");
        }
        HandlerBuilder built = new HandlerBuilder(type);
        handler.accept(built);
        handlers.add(built.build());
        return this;
    }

    /** Sets how many reconcilers may run at once, from 1 to 1,024; 16 where it is not said. */
    public AgentBuilder workers(int count) {
        if (count < 1 || count > MAX_WORKERS) {
            throw new IllegalArgumentException("workers is " + count + ": must be from 1 to " + MAX_WORKERS);
        }
        workers = count;
        return this;
    }

    /**
     * Sets how long to wait before connecting again: a random part of {@code first}, doubled from try to try up to
     * {@code cap}; 100 ms and 5 s where it is not said.
     */
    public AgentBuilder reconnect(Duration first, Duration cap) {
        reconnect = new AgentPlan.Reconnect(first, cap);
        return this;
    }

    /** Sets how the agent shows that it lives; pings of the transport where it is not said. */
    public AgentBuilder heartbeat(AgentPlan.Heartbeat mode) {
        heartbeat = mode;
        return this;
    }

    /** Sets who sees what the agent does. */
    public AgentBuilder listener(AgentListener newListener) {
        listener = newListener;
        return this;
    }

    /**
     * Starts the agent. Returns at once: the agent connects by itself, and again whenever it must, for as long as it
     * takes.
     *
     * @throws IllegalArgumentException where workspace, name or a handler is missing
     */
    public Agent start() {
        Text.require("workspace", workspace);
        Text.require("name", name);
        if (handlers.isEmpty()) {
            throw new IllegalArgumentException("the agent does nothing: say manage");
        }
        AgentPlan plan = new AgentPlan(target, workspace, name, handlers, workers, reconnect, heartbeat, listener);
        return ServiceLoader.load(AgentStarter.class, AgentStarter.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + AgentStarter.class.getName()
                        + " on the class path: is META-INF/services missing from a repackaged jar?"))
                .start(plan);
    }
}
