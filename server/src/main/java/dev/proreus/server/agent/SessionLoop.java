package dev.proreus.server.agent;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The event loop of a session, for steps that gRPC does not watch over: a fault in one of them ends the session. */
final class SessionLoop {
    private final Executor executor;
    private final Consumer<RuntimeException> onFault;

    /**
     * Makes the loop of one session.
     *
     * @param executor the event loop of its call
     * @param onFault ends the session; called on the loop
     */
    SessionLoop(Executor executor, Consumer<RuntimeException> onFault) {
        this.executor = executor;
        this.onFault = onFault;
    }

    Executor executor() {
        return executor;
    }

    /** Runs a step on the loop, later. */
    void run(Runnable step) {
        executor.execute(() -> guarded(step));
    }

    /** Goes on with what a stage gives, on the loop, also where the session has ended meanwhile. */
    <T> void then(CompletionStage<T> stage, Consumer<T> next, Consumer<Throwable> refused) {
        stage.whenCompleteAsync(
                (value, failure) -> guarded(() -> {
                    if (failure == null) {
                        next.accept(value);
                    } else {
                        refused.accept(failure);
                    }
                }),
                executor);
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException fault) {
            onFault.accept(fault);
        }
    }
}
