package dev.proreus.server.agent;

import dev.proreus.server.rpc.Edge;
import dev.proreus.server.rpc.Service;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.engine.Engine;
import io.grpc.ServerServiceDefinition;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * {@code proreus.v1.AgentService}: connects agents. One tick for all sessions looks for those that have fallen silent,
 * and for agents that went without being recorded.
 */
public final class AgentService implements Service {
    /** How often {@link #tick} is due. */
    public static final Duration TICK = SessionBounds.TICK;

    private final Engine engine;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Supplier<UUID> names;
    private final Duration drainDeadline;
    private final SessionRegistry registry = new SessionRegistry();
    private final Presence presence;

    /**
     * Makes the service of one server.
     *
     * @param instrumentation what numbers are told to
     * @param clock the time that agents are told
     * @param nanoTime the time that silence is measured by, monotonic
     * @param names gives random names
     * @param drainDeadline how long sessions may go on after {@link #drain}
     */
    public AgentService(
            Engine engine,
            Instrumentation instrumentation,
            Clock clock,
            LongSupplier nanoTime,
            Supplier<UUID> names,
            Duration drainDeadline) {
        this.engine = engine;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.names = names;
        this.drainDeadline = drainDeadline;
        this.presence = new Presence(engine, registry, nanoTime);
        instrumentation.level("proreus.agent.sessions", "{session}", "Streams of agents.", registry::size);
    }

    @Override
    public ServerServiceDefinition bind(Edge edge) {
        Surroundings around = new Surroundings(engine, edge.statuses(), registry, presence, clock, nanoTime, names);
        return edge.service("proreus.v1.AgentService").stream("Connect", call -> {
                    AgentSession session = new AgentSession(call, around);
                    registry.join(session);
                    return session;
                })
                .build();
    }

    /** Announces the stop and its deadline to every session, and refuses new ones. */
    @Override
    public void drain() {
        presence.stop();
        registry.sessions().forEach(session -> session.drain(drainDeadline));
    }

    /** Ends every session with UNAVAILABLE, STOPPING. */
    @Override
    public void stop() {
        registry.sessions().forEach(AgentSession::stop);
    }

    /** Looks once after everything that only time can show; short, and never blocks. On one thread at a time. */
    public void tick() {
        registry.sessions().forEach(AgentSession::check);
        presence.sweepIfDue();
    }

    /** The sessions of now. */
    SessionRegistry registry() {
        return registry;
    }
}
