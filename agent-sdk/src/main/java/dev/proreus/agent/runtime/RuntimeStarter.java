package dev.proreus.agent.runtime;

import dev.proreus.agent.Agent;
import dev.proreus.agent.AgentPlan;
import dev.proreus.agent.AgentStarter;
import dev.proreus.agent.pace.ThreadLoop;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** Starts agents with real threads, a real clock and a connection over HTTP/2. The service that the root looks for. */
public final class RuntimeStarter implements AgentStarter {
    /** A silent connection is tried after so long; the server lets clients ask each 10 s. */
    private static final long KEEP_ALIVE_SECONDS = 20;

    /** A connection that does not answer in this time is dead. */
    private static final long KEEP_ALIVE_TIMEOUT_SECONDS = 10;

    private static final long IDLE_WORKER_SECONDS = 30;
    private static final int INSTANCE_BYTES = 8;

    /** For the service loader. */
    public RuntimeStarter() {}

    @Override
    public Agent start(AgentPlan plan) {
        AgentRuntime agent = new AgentRuntime(plan, engine(plan));
        agent.start();
        return agent;
    }

    private static Engine engine(AgentPlan plan) {
        ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, daemons("agent-" + plan.name()));
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // The dispatcher hands in no more calls than there are workers, which bounds the queue.
        ThreadPoolExecutor workers = new ThreadPoolExecutor(
                plan.workers(),
                plan.workers(),
                IDLE_WORKER_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(plan.workers()),
                daemons("agent-" + plan.name() + "-worker"));
        workers.allowCoreThreadTimeOut(true);
        byte[] instance = new byte[INSTANCE_BYTES];
        new SecureRandom().nextBytes(instance);
        return new Engine(
                HexFormat.of().formatHex(instance),
                () -> connect(plan.target()),
                new ThreadLoop(thread, System::nanoTime),
                RandomGenerator.getDefault(),
                workers,
                workers::shutdownNow,
                () -> {
                    workers.shutdown();
                    thread.shutdown();
                });
    }

    /**
     * All that happens on the transport's threads is to hand over to the loop, so it needs no threads of its own for
     * calls.
     */
    private static ManagedChannel connect(String target) {
        return Grpc.newChannelBuilder(target, InsecureChannelCredentials.create())
                .directExecutor()
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .build();
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
