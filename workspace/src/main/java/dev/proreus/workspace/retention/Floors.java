package dev.proreus.workspace.retention;

import java.util.concurrent.CompletionStage;

/** Where floors are raised: a command like any other. */
@FunctionalInterface
public interface Floors {
    /**
     * Raises a floor.
     *
     * @param revision the new floor, published already
     * @param historyBytes what the log row of that revision has as its bytes of history
     * @return a stage that completes once the floor is durable and published; exceptionally where it was refused
     */
    CompletionStage<?> raise(long workspaceId, long revision, long historyBytes);
}
