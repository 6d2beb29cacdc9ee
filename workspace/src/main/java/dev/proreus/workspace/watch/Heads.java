package dev.proreus.workspace.watch;

/**
 * How far the history of each workspace has been published. Called on event loops: answers come from memory, at once,
 * and on any thread.
 */
@FunctionalInterface
public interface Heads {
    /**
     * Returns the newest published revision of a workspace. It never goes back, and it reaches a revision before the
     * changes of that revision are given to {@link WatchHub#publish}. Throws
     * {@link dev.proreus.workspace.RefusedException} where the workspace is gone, from before its
     * {@link dev.proreus.workspace.WorkspaceGone} is published.
     */
    long published(long workspaceId);
}
