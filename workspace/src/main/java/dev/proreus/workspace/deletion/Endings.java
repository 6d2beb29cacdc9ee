package dev.proreus.workspace.deletion;

import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** What a deletion asks of the one writer. */
public interface Endings {
    /** Deletes a workspace where its grace is over and no finalizer is left, else does nothing. */
    CompletionStage<?> end(long workspaceId);

    /**
     * Deletes an object of a workspace whose grace is over, or where it has finalizers, marks it; does nothing where
     * the deletion of the workspace was taken back; refused where another object has its name by now.
     */
    CompletionStage<?> delete(long workspaceId, int typeId, String name, UUID uid);
}
