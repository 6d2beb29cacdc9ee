package dev.proreus.server;

import java.util.concurrent.ThreadFactory;
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
}
