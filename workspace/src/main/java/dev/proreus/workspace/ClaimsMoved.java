package dev.proreus.workspace;

/**
 * States that the claims on a type's objects in a workspace changed, so that objects may have another driver now.
 *
 * @param sequence position in the one commit order of the store
 * @param workspaceId internal id of the workspace
 * @param typeId internal id of the resource type
 */
public record ClaimsMoved(long sequence, long workspaceId, int typeId) implements Publication {}
