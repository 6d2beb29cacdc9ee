package dev.proreus.workspace.commit;

/**
 * The session on whose behalf an agent writes. A write under an older epoch than the recorded one is refused.
 *
 * @param workspaceId internal id of the agent's home workspace
 * @param agent name of the agent
 * @param epoch the session's epoch
 */
public record Fence(long workspaceId, String agent, long epoch) {}
