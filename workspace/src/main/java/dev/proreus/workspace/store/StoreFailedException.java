package dev.proreus.workspace.store;

import org.jspecify.annotations.Nullable;

/**
 * A store whose medium failed.
 *
 * <p>From a write: the outcome is unknown. A write whose sync failed can be found after a restart, so it is neither
 * answered as failed, nor tried again, nor its revisions given to another; the process ends and reads the truth when it
 * starts again. From a read: the data could not be read.
 */
public final class StoreFailedException extends StoreException {
    private static final long serialVersionUID = 1;

    public StoreFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
