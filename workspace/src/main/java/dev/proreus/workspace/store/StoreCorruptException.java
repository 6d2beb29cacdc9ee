package dev.proreus.workspace.store;

import org.jspecify.annotations.Nullable;

/** Stored bytes that are not what was written: a checksum, a length, a format byte or a field is impossible. */
public final class StoreCorruptException extends StoreException {
    private static final long serialVersionUID = 1;

    public StoreCorruptException(String message) {
        this(message, null);
    }

    public StoreCorruptException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
