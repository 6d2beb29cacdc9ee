package dev.proreus.workspace.retention;

/** A floor to be raised: the arguments of {@link Floors#raise}. */
record Floor(long workspaceId, long revision, long historyBytes) {}
