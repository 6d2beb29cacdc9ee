package dev.proreus.workspace.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Work that another thread may do meanwhile, and that whoever waits for it does where none has begun it. */
final class Aside implements Runnable {
    private final Runnable work;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    Aside(Runnable work) {
        this.work = work;
    }

    /** Does the work where nobody has begun it; what it throws is for the one who waits. */
    @Override
    public void run() {
        if (begun.compareAndSet(false, true)) {
            try {
                work.run();
                done.complete(null);
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        }
    }

    /** Returns once the work is done, whatever interrupts; throws what it threw. */
    void await() {
        run();
        try {
            done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }
}
