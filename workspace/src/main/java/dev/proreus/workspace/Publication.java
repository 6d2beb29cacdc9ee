package dev.proreus.workspace;

/** Something that the committer publishes, in commit order, once it is durable. */
public sealed interface Publication permits Change, ClaimsMoved, TypeGone, WorkspaceGone {
    /** Returns the position in the one commit order of the store. */
    long sequence();

    /** Returns the internal id of the workspace that it happened in. */
    long workspaceId();
}
