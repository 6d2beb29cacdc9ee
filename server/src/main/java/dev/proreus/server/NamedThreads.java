package dev.proreus.server;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes threads that say in a thread dump what they are for, and that do not keep the process alive. Where the JVM
 * heeds priorities, as the launcher tells it to on Linux, those of lower priority leave the processor to the others.
 *
 * <p>They are threads of Netty's own kind: to others its pools ({@link io.netty.util.Recycler}) hand out new objects
 * where these are given back what they have used before.
 */
final class NamedThreads implements ThreadFactory {
    private final String role;
    private final int priority;
    private final AtomicInteger count = new AtomicInteger();

    NamedThreads(String role) {
        this(role, Thread.NORM_PRIORITY);
    }

    /** @param priority from {@link Thread#MIN_PRIORITY} to {@link Thread#NORM_PRIORITY} */
    NamedThreads(String role, int priority) {
        this.role = role;
        this.priority = priority;
    }

    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it but how long others wait
    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new FastThreadLocalThread(work, "proreus-" + role + "-" + count.incrementAndGet());
        thread.setDaemon(true);
        thread.setPriority(priority);
        return thread;
    }

    /** Ends pools, and waits for so long for what all of them do; an interrupt cuts that short, and is kept. */
    static void end(List<? extends ExecutorService> pools, Duration max) {
        long began = System.nanoTime();
        pools.forEach(ExecutorService::shutdown);
        try {
            for (ExecutorService pool : pools) {
                pool.awaitTermination(max.toNanos() - (System.nanoTime() - began), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pools.forEach(ExecutorService::shutdownNow);
        }
    }
}
