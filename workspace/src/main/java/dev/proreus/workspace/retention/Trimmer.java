package dev.proreus.workspace.retention;

import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.LogRow;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.tree.WorkspaceTree;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Deletes what lies below floors, driven from the log: each row at or below a floor names the versions that it
 * superseded, which nobody can see any more, and goes with them in one atomic batch.
 *
 * <p>So the newest version at or below the floor always stays, and a tombstone stays until the floor has reached it;
 * then it goes together with the state before it, or that would be seen again. What is left to delete after a crash is
 * what log rows are left for.
 */
final class Trimmer {
    private final Keys keys;
    private final Store store;
    private final WorkspaceTree tree;
    private final Set<Long> waiting = new LinkedHashSet<>();
    private final Map<Long, Long> trimmedThrough = new HashMap<>();

    /** Makes a trimmer that begins with every workspace whose floor was ever raised. */
    Trimmer(Keys keys, Store store, WorkspaceTree tree) {
        this.keys = keys;
        this.store = store;
        this.tree = tree;
        tree.forEach(workspace -> {
            if (workspace.floor() > 0) {
                waiting.add(workspace.id());
            }
        });
    }

    /** Takes notice of a floor that was raised. */
    void raised(long workspaceId) {
        waiting.add(workspaceId);
    }

    /** Returns whether there is something to delete. */
    boolean hasMore() {
        return !waiting.isEmpty();
    }

    /** Deletes about so many rows, whole commits only; returns how many. */
    int step(int maxRows) {
        StoreBatch deletes = new StoreBatch();
        Map<Long, Long> reached = new HashMap<>();
        int rest = maxRows;
        while (rest > 0 && !waiting.isEmpty()) {
            long id = waiting.iterator().next();
            waiting.remove(id);
            Workspace workspace = tree.byId(id);
            if (workspace == null) {
                trimmedThrough.remove(id);
            } else {
                rest = collect(workspace, rest, deletes, reached);
            }
        }
        store.writeUnsynced(deletes);
        trimmedThrough.putAll(reached);
        return deletes.size();
    }

    /**
     * Adds the deletes of a workspace's rows, and the workspace to the end of those that wait where they are not all.
     *
     * @return for how many more rows the step has room
     */
    private int collect(Workspace workspace, int maxRows, StoreBatch deletes, Map<Long, Long> reached) {
        int rest = maxRows;
        long floor = workspace.floor();
        long from = trimmedThrough.getOrDefault(workspace.id(), 0L);
        try (Cursor cursor = store.cursor(Table.LOG, keys.ranges().log(workspace.id(), from, floor))) {
            for (; rest > 0 && cursor.valid(); cursor.next()) {
                byte[] key = cursor.key();
                long revision = Keys.parseLog(key).revision();
                int before = deletes.size();
                for (LogRow.Write write : LogRow.decode(cursor.value()).writes()) {
                    supersede(workspace.id(), revision, write, deletes);
                }
                deletes.delete(Table.LOG, key);
                reached.put(workspace.id(), revision);
                rest -= deletes.size() - before;
            }
            if (cursor.valid()) {
                waiting.add(workspace.id());
            }
        }
        return rest;
    }

    private void supersede(long workspaceId, long revision, LogRow.Write write, StoreBatch deletes) {
        if (write.previousRevision() > 0) {
            deletes.delete(
                    Table.VERSION, keys.version(workspaceId, write.typeId(), write.name(), write.previousRevision()));
        }
        if (write.kind() == ChangeKind.DELETED) {
            deletes.delete(Table.VERSION, keys.version(workspaceId, write.typeId(), write.name(), revision));
        }
    }
}
