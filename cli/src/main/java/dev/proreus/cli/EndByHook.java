package dev.proreus.cli;

import dev.proreus.cli.dev.Interrupts;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Ends a command in order when the process is told to end: the virtual machine's shutdown waits for the command to
 * clean up, and the process exits with the command's code instead of the signal's.
 */
final class EndByHook implements Interrupts {
    private static final long PATIENCE_SECONDS = 15;

    private final Runtime runtime;
    private final ThreadFactory threads;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile int code;

    EndByHook(Runtime runtime, ThreadFactory threads) {
        this.runtime = runtime;
        this.threads = threads;
    }

    @Override
    public void whenAskedToEnd(Runnable stop) {
        runtime.addShutdownHook(threads.newThread(() -> end(stop)));
    }

    /** Notes that the command has ended, so that the shutdown need not wait. */
    void ended(int exitCode) {
        code = exitCode;
        done.countDown();
    }

    private void end(Runnable stop) {
        if (done.getCount() == 0) {
            return;
        }
        stop.run();
        try {
            if (done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                runtime.halt(code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
