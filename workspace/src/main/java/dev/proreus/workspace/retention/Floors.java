package dev.proreus.workspace.retention;

import java.util.concurrent.CompletionStage;

/** Where floors are raised: a command like any other. */
@FunctionalInterface
public interface Floors {
    /**
     * Raises a floor.
     *
     * @return a stage that completes once the floor is durable and published; exceptionally where it was refused
     */
    CompletionStage<?> raise(Floor floor);
}
