package dev.proreus.server;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes threads that say in a thread dump what they are for, and that do not keep the process alive. */
final class NamedThreads implements ThreadFactory {
    private final String role;
    private final AtomicInteger count = new AtomicInteger();

    NamedThreads(String role) {
        this.role = role;
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "proreus-" + role + "-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** Ends a pool, and waits for so long for what it does; an interrupt cuts that short, and is kept. */
    static void end(ExecutorService pool, Duration max) {
        pool.shutdown();
        try {
            pool.awaitTermination(max.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pool.shutdownNow();
        }
    }
}
