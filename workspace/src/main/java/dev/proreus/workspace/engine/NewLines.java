package dev.proreus.workspace.engine;

import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.AppliedRow;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins a new history line of a store and of each of its workspaces, where commits were lost that somebody may have
 * seen: their revisions are given again, to other writes, so nobody may go on from a position in the old lines.
 */
final class NewLines {
    /** Bytes of rows written at once: well below what a batch holds. */
    private static final int BATCH_BYTES = 8 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(NewLines.class);

    private NewLines() {}

    /**
     * Begins them durably. What says that it was done is written last, so that it is done again where it was cut short.
     *
     * @param rows those of all workspaces
     * @param incarnations gives the marks of the new lines
     * @return the rows as they are now
     */
    static Map<Long, WorkspaceRow> begin(
            Keys keys, Store store, Map<Long, WorkspaceRow> rows, Supplier<UUID> incarnations) {
        byte[] applied = store.get(Table.META, keys.applied());
        if (applied == null) {
            return rows;
        }
        Map<Long, WorkspaceRow> renewed = new LinkedHashMap<>();
        StoreBatch batch = new StoreBatch();
        for (Map.Entry<Long, WorkspaceRow> each : rows.entrySet()) {
            WorkspaceRow row = each.getValue().with(incarnations.get());
            renewed.put(each.getKey(), row);
            batch.put(Table.META, keys.workspace(each.getKey()), row.encode());
            if (batch.bytes() >= BATCH_BYTES) {
                store.write(batch);
                batch = new StoreBatch();
            }
        }
        batch.put(
                Table.META,
                keys.applied(),
                AppliedRow.decode(applied).onNewLine().encode());
        store.write(batch);
        LOG.warn(
                "commits were lost, as the operator has accepted: {} workspaces have new incarnations, and clients"
                        + " start over",
                renewed.size());
        return renewed;
    }
}
