package dev.proreus.workspace.watch;

import dev.proreus.workspace.Place;
import org.jspecify.annotations.Nullable;

/**
 * How far what was committed has been published, and how far back it can be read. Called on event loops: answers come
 * from memory, at once, and on any thread.
 */
public interface Heads {
    /**
     * Returns the newest published revision of a workspace. It never goes back, and it reaches a revision before the
     * changes of that revision are given to {@link WatchHub#publish}. Throws
     * {@link dev.proreus.workspace.RefusedException} where the workspace is gone, from before its
     * {@link dev.proreus.workspace.WorkspaceGone} is published.
     */
    long published(long workspaceId);

    /** Returns the oldest revision of a workspace that can be read; 0 where all of it can. It never goes back. */
    long floor(long workspaceId);

    /**
     * Returns the oldest sequence after which all changes of a subtree can be read; 0 where all can. It never goes
     * back.
     *
     * @param topId internal id of the workspace at the top
     */
    long subtreeFloor(long topId);

    /**
     * Returns the newest published sequence of the store, always the last of a commit batch. It never goes back, and it
     * reaches a sequence before the changes of that sequence are given to {@link WatchHub#publish}.
     */
    long publishedSequence();

    /**
     * Returns where a workspace lies, or null where that is unknown. It is known while the workspace lives, and still
     * when the batch that deleted it is given to {@link WatchHub#publish}.
     */
    @Nullable
    Place place(long workspaceId);

    /**
     * Returns whether a resource type is defined. Once it is not it never is again, and it is not from before its
     * {@link dev.proreus.workspace.TypeGone} is published.
     */
    boolean isDefined(int typeId);
}
