package dev.proreus.workspace;

import org.jspecify.annotations.Nullable;

/**
 * What a watch looks at, which also says on which line of numbers its position stands: in one workspace that is the
 * revision, over a subtree the store's sequence. The changes of one command share both, so no position is ever split.
 */
public sealed interface Scope {
    /** Returns the internal id of the workspace, or of the one at the top of the subtree. */
    long workspaceId();

    /** Returns where a change stands. */
    long positionOf(ChangeView change);

    /**
     * Returns whether a change takes workspaces out of it: every watch over it is told, whatever it asked for, since
     * nothing else tells that their objects are gone.
     */
    boolean losesWorkspaces(ChangeView change);

    /** Returns whether a workspace belongs to it; a null place is that of one that does not. */
    boolean covers(long id, @Nullable Place place);

    /**
     * One workspace.
     *
     * @param workspaceId its internal id
     */
    record OneWorkspace(long workspaceId) implements Scope {
        @Override
        public long positionOf(ChangeView change) {
            return change.revision();
        }

        @Override
        public boolean losesWorkspaces(ChangeView change) {
            return false;
        }

        @Override
        public boolean covers(long id, @Nullable Place place) {
            return id == workspaceId;
        }

        @Override
        public String toString() {
            return "workspace " + workspaceId;
        }
    }

    /**
     * A workspace and all below it.
     *
     * @param workspaceId internal id of the one at the top
     */
    record Subtree(long workspaceId) implements Scope {
        @Override
        public long positionOf(ChangeView change) {
            return change.sequence();
        }

        @Override
        public boolean losesWorkspaces(ChangeView change) {
            return change.endsWorkspace();
        }

        @Override
        public boolean covers(long id, @Nullable Place place) {
            return place != null && place.isWithin(workspaceId);
        }

        @Override
        public String toString() {
            return "the subtree of workspace " + workspaceId;
        }
    }
}
