package dev.proreus.workspace;

/**
 * States that a workspace was deleted: watches in it end.
 *
 * @param sequence position in the one commit order of the store
 * @param workspaceId internal id of the workspace
 */
public record WorkspaceGone(long sequence, long workspaceId) implements Publication {}
