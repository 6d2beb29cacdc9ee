package dev.proreus.workspace.store.rocksdb;

import dev.proreus.workspace.store.StoreFailedException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The first failure to make something durable, which all later writes share. Thread-safe. */
final class Failure {
    private final AtomicReference<@Nullable StoreFailedException> first = new AtomicReference<>();
    private final Consumer<StoreFailedException> listener;

    Failure(Consumer<StoreFailedException> listener) {
        this.listener = listener;
    }

    /** Notes a failure; the first one is told to the listener. Returns what the caller may throw. */
    StoreFailedException note(String message, @Nullable Throwable cause) {
        StoreFailedException failed = new StoreFailedException(message, cause);
        if (first.compareAndSet(null, failed)) {
            listener.accept(failed);
        }
        return failed;
    }

    boolean happened() {
        return first.get() != null;
    }

    /** Throws where there was a failure before. */
    void check() {
        StoreFailedException earlier = first.get();
        if (earlier != null) {
            throw new StoreFailedException(
                    "the store failed before and takes no more writes: " + earlier.getMessage(), earlier);
        }
    }
}
