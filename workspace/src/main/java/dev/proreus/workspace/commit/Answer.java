package dev.proreus.workspace.commit;

import dev.proreus.workspace.RefusedException;
import java.util.concurrent.CompletableFuture;

/**
 * Where the answer to a command goes.
 *
 * @param future completes with it
 * @param type what the kind of command gives
 */
record Answer<R>(CompletableFuture<R> future, Class<R> type) {
    void give(Object result) {
        future.complete(type.cast(result));
    }

    void refuse(RefusedException refusal) {
        future.completeExceptionally(refusal);
    }
}
