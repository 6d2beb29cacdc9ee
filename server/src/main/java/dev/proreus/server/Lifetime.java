package dev.proreus.server;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the process ends: on SIGTERM or Ctrl-C in good order and with code 0, on a start that failed with code 1, and on
 * a failed store by SIGKILL to itself, in each case within a bounded time.
 *
 * <p>The virtual machine answers a signal by running hooks and would then end with a code of the signal; so the hook
 * closes everything and halts with the code that is true.
 *
 * <p>Where the store failed, nothing of this process may touch it again, and the way out of a process with a code of
 * its own leads through the C library's exit handlers, which wait for RocksDB's threads (docs/adr/0010).
 */
final class Lifetime {
    static final int DONE = 0;
    static final int FAILED = 1;

    /** How long closing may take before the process ends anyway; the store survives that, as it survives a crash. */
    private static final Duration CLOSING_MAX = Duration.ofMillis(9_500);

    /**
     * How long it may take where the store failed: as long as answers need to leave. All that is asked later is
     * refused, and whoever supervises the process can start it again.
     */
    private static final Duration FAILED_CLOSING_MAX = Duration.ofMillis(150);

    /** How long the signal may take to come; what asks for it starts within some 30 ms. */
    private static final Duration KILLING_MAX = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(Lifetime.class);

    private final Deque<Runnable> closers = new ArrayDeque<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger code = new AtomicInteger(DONE);
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    /** Begins; from now on the process ends in good order. */
    Lifetime() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::endProcess, "proreus-stop"));
    }

    /** Adds what to do at the end, before what was added earlier. */
    void atEnd(Runnable closer) {
        synchronized (closers) {
            closers.push(closer);
        }
    }

    /** Takes note that the store failed: the process ends, and reads the truth when it starts again. */
    void storeFailed(RuntimeException why) {
        if (failure.compareAndSet(null, why)) {
            code.set(FAILED);
            LOG.error("the store failed, so the process ends; start it again to go on from what is durable", why);
            ended.countDown();
        }
    }

    /** Takes note that the start failed; returns the exit code. */
    int startFailed() {
        code.set(FAILED);
        return FAILED;
    }

    /** Waits for the end; returns the exit code. */
    int await() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return code.get();
    }

    /** Closes everything and ends the process; runs where the virtual machine was told to end, by whomever. */
    private void endProcess() {
        Duration max = failure.get() == null ? CLOSING_MAX : FAILED_CLOSING_MAX;
        Thread closing = new Thread(this::closeAll, "proreus-closing");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(max.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        RuntimeException failed = failure.get();
        if (failed != null) {
            Logs.endWith(Lifetime.class, "the process kills itself, since the store failed: " + failed.getMessage());
            kill();
        } else if (closing.isAlive()) {
            LOG.warn("closing took longer than {} ms, so the process ends as it is", max.toMillis());
            code.set(FAILED);
        } else if (code.get() == DONE) {
            LOG.info("stopped");
        }
        Runtime.getRuntime().halt(code.get());
    }

    /**
     * Ends the process at once; comes back where that cannot be: without the command, or as a container's first one.
     */
    private static void kill() {
        try {
            Process kill = new ProcessBuilder(
                            "kill",
                            "-KILL",
                            String.valueOf(ProcessHandle.current().pid()))
                    .start();
            var unused = kill.waitFor(KILLING_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            // There is no such command: the process halts, and the line before stays the last one.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeAll() {
        while (true) {
            Runnable next;
            synchronized (closers) {
                next = closers.poll();
            }
            if (next == null) {
                return;
            }
            try {
                next.run();
            } catch (RuntimeException e) {
                LOG.error("closing failed", e);
                code.set(FAILED);
            }
        }
    }
}
