package dev.proreus.workspace;

import java.util.List;

/**
 * States that a workspace was deleted with all below it: watches in them end.
 *
 * @param sequence position in the one commit order of the store
 * @param workspaceId internal id of the workspace
 * @param all internal ids of it and of all that lay below it, each after the one that it lay below
 */
public record WorkspaceGone(long sequence, long workspaceId, List<Long> all) implements Publication {
    public WorkspaceGone {
        all = List.copyOf(all);
    }
}
