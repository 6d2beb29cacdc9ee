package dev.proreus.workspace.check;

import dev.proreus.workspace.Limits;
import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreCorruptException;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.KeyRanges;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.keys.StoredKey;
import dev.proreus.workspace.store.rows.AppliedRow;
import dev.proreus.workspace.store.rows.StoreRow;
import dev.proreus.workspace.store.rows.TypeRow;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All rows of {@code meta}, in memory: a store's workspaces and types are few beside its objects. */
final class MetaRows {
    private final Map<Long, WorkspaceRow> workspaces = new LinkedHashMap<>();
    private final Map<Integer, TypeRow> types = new LinkedHashMap<>();
    private @Nullable AppliedRow applied;
    private boolean store;
    private boolean someGone;

    private MetaRows() {}

    /** Reads them; what cannot be a row is a finding, and so is a row that is missing beside others. */
    static MetaRows read(Store store, Consumer<Finding> findings) {
        MetaRows rows = new MetaRows();
        try (Cursor cursor = store.cursor(Table.META, KeyRanges.everything())) {
            for (; cursor.valid(); cursor.next()) {
                byte[] key = cursor.key();
                try {
                    rows.add(Keys.parseMeta(key), cursor.value());
                } catch (StoreCorruptException e) {
                    findings.accept(finding(hex(key), String.valueOf(e.getMessage())));
                }
            }
        }
        boolean used = !rows.workspaces.isEmpty() || !rows.types.isEmpty();
        if (!rows.store && (used || rows.applied != null)) {
            findings.accept(finding("store", "the row that says the format of the store is missing"));
        }
        if (rows.applied == null && used) {
            findings.accept(finding("applied", "the row that says how far the store has come is missing"));
        }
        return rows;
    }

    /** Returns a key that has no name that people know. */
    static String hex(byte[] key) {
        return "0x" + HexFormat.of().formatHex(key);
    }

    private void add(StoredKey key, byte[] value) {
        if (key.shard() != 0) {
            throw new StoreCorruptException("it belongs to shard " + key.shard() + ", and there is only 0");
        }
        if (key instanceof StoredKey.Workspace workspace) {
            WorkspaceRow row = WorkspaceRow.decode(value);
            workspaces.put(workspace.workspaceId(), row);
            someGone |= row.life() instanceof WorkspaceRow.Gone;
        } else if (key instanceof StoredKey.Type type) {
            types.put(type.typeId(), TypeRow.decode(value));
        } else if (key instanceof StoredKey.Applied) {
            applied = AppliedRow.decode(value);
        } else {
            StoreRow.decode(value);
            store = true;
        }
    }

    static Finding finding(String key, String wrong) {
        return new Finding(Table.META.label(), key, wrong);
    }

    /** Returns the workspaces by their ids, in ascending order. */
    Map<Long, WorkspaceRow> workspaces() {
        return workspaces;
    }

    Map<Integer, TypeRow> types() {
        return types;
    }

    /** Returns how far the store has come; null where the row is missing. */
    @Nullable
    AppliedRow applied() {
        return applied;
    }

    /** Returns whether a workspace that has a row, or one that it lies in, has been deleted: its rows are reclaimed. */
    boolean isGone(long id) {
        long at = id;
        for (int depth = 0; someGone && depth <= Limits.TREE_DEPTH; depth++) {
            WorkspaceRow row = workspaces.get(at);
            if (row == null) {
                return false;
            }
            if (row.life() instanceof WorkspaceRow.Gone) {
                return true;
            }
            at = row.identity().parentId();
        }
        return false;
    }

    /** Returns how deep a workspace lies, 1 for the root; 0 where its ancestors do not end there within the limit. */
    int depth(long id) {
        long at = id;
        for (int depth = 1; depth <= Limits.TREE_DEPTH; depth++) {
            WorkspaceRow row = workspaces.get(at);
            if (row == null) {
                return 0;
            }
            at = row.identity().parentId();
            if (at == 0) {
                return depth;
            }
        }
        return 0;
    }

    /** Returns the path of a workspace as far as it is known, else its id. */
    String path(long id) {
        if (depth(id) == 0) {
            return "workspace#" + id;
        }
        StringBuilder path = new StringBuilder();
        WorkspaceRow row = workspaces.get(id);
        while (row != null) {
            path.insert(0, path.length() == 0 ? "" : ":")
                    .insert(0, row.identity().name());
            row = workspaces.get(row.identity().parentId());
        }
        return path.toString();
    }
}
