package dev.proreus.server;

import dev.proreus.server.agent.AgentService;
import dev.proreus.server.object.ObjectService;
import dev.proreus.server.rpc.CallMetrics;
import dev.proreus.server.rpc.Edge;
import dev.proreus.server.rpc.EventLoops;
import dev.proreus.server.rpc.Schema;
import dev.proreus.server.rpc.Service;
import dev.proreus.server.rpc.StatusMapper;
import dev.proreus.server.tenancy.WorkspaceService;
import dev.proreus.server.type.TypeService;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.RandomIds;
import dev.proreus.workspace.engine.Engine;
import dev.proreus.workspace.engine.EngineOptions;
import dev.proreus.workspace.engine.LocalEngine;
import dev.proreus.workspace.store.Store;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A control plane over one store: the engine, the services on it and the transport, put together here and taken apart
 * in the right order. The store stays its owner's to close, afterwards.
 *
 * <p>To stop, health says NOT_SERVING and no new call is taken; agents are told, and calls may finish; sessions of
 * agents that are left end; the engine finishes what is queued and ends all watches with STOPPING; reads under way
 * finish; calls that are left are cut off.
 */
public final class ControlPlaneServer implements AutoCloseable {
    /** How long each late step of a stop may take; five may need it, and a process must be gone within ten seconds. */
    private static final Duration STOP_STEP_MAX = Duration.ofMillis(1_500);

    /** How long calls may go on once the stop is known, agents' sessions among them, before the engine stops. */
    static final Duration DRAIN_MAX = Duration.ofSeconds(1);

    /** Reads that may wait for a thread; more are refused with a delay. */
    private static final int QUEUED_READS = 4_096;

    /**
     * Threads that block on the disk: more than cores, since they wait, and never so many that they starve the loops.
     */
    private static final int READERS = Math.max(4, Runtime.getRuntime().availableProcessors());

    /** Threads besides, which do the same for watches: a few that catch up keep them busy, so they are fewer. */
    private static final int CATCH_UP_READERS = READERS / 2;

    private static final int REQUEST_ID_BYTES = 8;

    /** How often watches do what is due by the clock: bookmarks, which are due each minute. */
    private static final Duration TICK = Duration.ofSeconds(1);

    /** How long the request of a call may take to come; the answer may take longer, and a stream lives on. */
    public static final Duration REQUEST_MAX = Duration.ofSeconds(60);

    private final Transport transport;
    private final Engine engine;
    private final List<ExecutorService> readers;
    private final List<ExecutorService> background;
    private final Ticks ticks;
    private final List<Service> services;
    private final AtomicBoolean stopping = new AtomicBoolean();

    private ControlPlaneServer(
            Transport transport,
            Engine engine,
            List<ExecutorService> readers,
            List<ExecutorService> background,
            Ticks ticks,
            List<Service> services) {
        this.transport = transport;
        this.engine = engine;
        this.readers = readers;
        this.background = background;
        this.ticks = ticks;
        this.services = services;
    }

    /**
     * Opens an engine over a store and serves it.
     *
     * @param onFailure is told once that the store failed; the process must end
     * @throws StartException where the address cannot be listened on
     */
    public static ControlPlaneServer start(Store store, ServerOptions options, Consumer<RuntimeException> onFailure) {
        ExecutorService readers = readers(READERS, new NamedThreads("reader"));
        ExecutorService catchUp = readers(CATCH_UP_READERS, new NamedThreads("catch-up", Thread.MIN_PRIORITY));
        ScheduledExecutorService background = new ScheduledThreadPoolExecutor(1, new NamedThreads("background"));
        ScheduledExecutorService reclaimer = new ScheduledThreadPoolExecutor(1, new NamedThreads("reclaimer"));
        LocalEngine engine = LocalEngine.open(
                store,
                new EngineOptions(
                        options.clock(),
                        options.random(),
                        readers,
                        catchUp,
                        CATCH_UP_READERS,
                        new NamedThreads("committer"),
                        Limits.RING_BYTES,
                        options.caches(),
                        options.retention(),
                        background,
                        reclaimer,
                        background,
                        options.instrumentation(),
                        onFailure));
        Transport transport = new Transport(new NamedThreads("loop"));
        Ticks ticks = new Ticks(new ScheduledThreadPoolExecutor(1, new NamedThreads("ticker")));
        AgentService agents = agents(engine, options);
        List<Service> services =
                List.of(new ObjectService(engine), new TypeService(engine), new WorkspaceService(engine), agents);
        ticks.every(TICK, "watches", () -> engine.tick(System.nanoTime()));
        ticks.every(AgentService.TICK, "agents' sessions", agents::tick);
        ControlPlaneServer server = new ControlPlaneServer(
                transport, engine, List.of(readers, catchUp), List.of(background, reclaimer), ticks, services);
        server.listen(options);
        return server;
    }

    private static ExecutorService readers(int count, NamedThreads threads) {
        return new ThreadPoolExecutor(
                count, count, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUED_READS), threads);
    }

    private static AgentService agents(Engine engine, ServerOptions options) {
        return new AgentService(
                engine,
                options.instrumentation(),
                options.clock(),
                System::nanoTime,
                () -> RandomIds.next(options.random()),
                DRAIN_MAX);
    }

    private void listen(ServerOptions options) {
        Edge edge = new Edge(
                Schema.load(),
                new EventLoops(transport.loops()),
                new StatusMapper(() -> requestId(options)),
                REQUEST_MAX);
        try {
            transport.start(
                    options.listen(),
                    services.stream().map(service -> service.bind(edge)).toList(),
                    new CallMetrics(options.instrumentation()));
        } catch (IOException e) {
            close();
            throw new StartException(ListenAddress.cannotListen(options.listen(), e, "--listen HOST:PORT"), e);
        }
    }

    /** Returns whether it takes calls. */
    public boolean isServing() {
        return !stopping.get();
    }

    /** Returns where it listens. */
    public InetSocketAddress address() {
        return transport.address();
    }

    /** Stops as the class says; an interrupt cuts the waits short, and nothing else. Closing twice does nothing. */
    @Override
    public void close() {
        if (!stopping.compareAndSet(false, true)) {
            return;
        }
        try {
            transport.drain();
            services.forEach(Service::drain);
            transport.awaitCalls(DRAIN_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            services.forEach(Service::stop);
            engine.close();
            background.forEach(ExecutorService::shutdownNow);
            NamedThreads.end(readers, STOP_STEP_MAX);
            ticks.close(STOP_STEP_MAX); // a tick gives work to the event loops, which end with the calls
            endCalls();
        }
    }

    private void endCalls() {
        try {
            transport.close(STOP_STEP_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String requestId(ServerOptions options) {
        byte[] id = new byte[REQUEST_ID_BYTES];
        options.random().nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
