package dev.proreus.server.agent;

import dev.proreus.server.rpc.Edge;
import dev.proreus.server.rpc.Service;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.engine.Engine;
import io.grpc.ServerServiceDefinition;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code proreus.v1.AgentService}: connects agents. One tick for all sessions looks for those that have fallen silent,
 * and for agents that went without being recorded.
 */
public final class AgentService implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(AgentService.class);

    private final Engine engine;
    private final ScheduledExecutorService scheduler;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Supplier<UUID> names;
    private final Duration drainDeadline;
    private final SessionRegistry registry = new SessionRegistry();
    private final Presence presence;
    private final List<Future<?>> timers = new CopyOnWriteArrayList<>();

    /**
     * Makes the service of one server.
     *
     * @param instrumentation what numbers are told to
     * @param scheduler runs the tick, which is short and never blocks
     * @param clock the time that agents are told
     * @param nanoTime the time that silence is measured by, monotonic
     * @param names gives random names
     * @param drainDeadline how long sessions may go on after {@link #drain}
     */
    public AgentService(
            Engine engine,
            Instrumentation instrumentation,
            ScheduledExecutorService scheduler,
            Clock clock,
            LongSupplier nanoTime,
            Supplier<UUID> names,
            Duration drainDeadline) {
        this.engine = engine;
        this.scheduler = scheduler;
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
        long tick = SessionBounds.TICK.toMillis();
        timers.add(scheduler.scheduleWithFixedDelay(this::tick, tick, tick, TimeUnit.MILLISECONDS));
        return edge.service("proreus.v1.AgentService").stream("Connect", call -> {
                    AgentSession session = new AgentSession(call, around);
                    registry.join(session);
                    return session;
                })
                .build();
    }

    /** Announces the stop to every session, refuses new ones, and ends all when the deadline has passed. */
    @Override
    public void drain() {
        presence.stop();
        registry.sessions().forEach(session -> session.drain(drainDeadline));
        timers.add(scheduler.schedule(this::stop, drainDeadline.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Ends every session with UNAVAILABLE, STOPPING; after {@link #drain}. */
    public void stop() {
        timers.forEach(timer -> timer.cancel(false));
        registry.sessions().forEach(AgentSession::stop);
    }

    /** Looks once after everything that only time can show. */
    void tick() {
        try {
            registry.sessions().forEach(AgentSession::check);
            presence.sweepIfDue();
        } catch (RuntimeException | Error fault) {
            LOG.error("a tick of the agents' sessions failed", fault); // thrown, it would stop all further ones
        }
    }

    /** The sessions of now. */
    SessionRegistry registry() {
        return registry;
    }
}
