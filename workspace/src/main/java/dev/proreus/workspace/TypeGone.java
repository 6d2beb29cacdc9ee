package dev.proreus.workspace;

/**
 * States that a resource type was deleted: watches of it end, wherever they are. The changes that deleted its objects
 * come before.
 *
 * @param sequence position in the one commit order of the store
 * @param workspaceId internal id of the workspace that defined it
 * @param typeId internal id of the resource type, which no other one ever has
 */
public record TypeGone(long sequence, long workspaceId, int typeId) implements Publication {}
