package dev.proreus.workspace.retention;

import dev.proreus.workspace.store.rows.LogRow;

/**
 * A floor to be raised.
 *
 * @param workspaceId internal id of the workspace
 * @param revision the new floor, published already
 * @param sequence of the commit that made it
 * @param historyBytes what its log row has as its bytes of history
 */
public record Floor(long workspaceId, long revision, long sequence, long historyBytes) {
    static Floor at(long workspaceId, long revision, LogRow row) {
        return new Floor(workspaceId, revision, row.sequence(), row.historyBytes());
    }
}
