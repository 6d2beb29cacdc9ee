package dev.proreus.workspace.store;

import org.jspecify.annotations.Nullable;

/** What goes wrong in a store, as a closed family: opening, writing, damaged bytes, use after close. */
public abstract sealed class StoreException extends RuntimeException
        permits StoreOpenException, StoreFailedException, StoreCorruptException, StoreClosedException {
    private static final long serialVersionUID = 1;

    StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
