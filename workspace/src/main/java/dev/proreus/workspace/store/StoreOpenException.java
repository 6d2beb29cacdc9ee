package dev.proreus.workspace.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A store that cannot be opened. The message is one line for the operator: what, why and what to do.
 *
 * <p>Nothing of the stored data was changed.
 */
public final class StoreOpenException extends StoreException {
    private static final long serialVersionUID = 1;

    /** Why a store cannot be opened. */
    public enum Kind {
        /** Another process, or another store of this one, uses the data folder. */
        LOCKED,
        /** The data folder cannot be created or written. */
        UNWRITABLE,
        /** A newer version wrote the store. */
        NEWER_FORMAT,
        /** The store is damaged or incomplete. */
        CORRUPT,
        /** The folder holds something else. */
        NOT_A_STORE
    }

    private final Kind kind;

    public StoreOpenException(Kind kind, String message) {
        this(kind, message, null);
    }

    public StoreOpenException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    public Kind kind() {
        return kind;
    }
}
