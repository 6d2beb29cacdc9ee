package dev.proreus.workspace.check;

import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.KeyRange;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.KeyRanges;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.DedupRow;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Rows that no workspace leads to: of workspaces that never existed, and of tables that belong to none. */
final class LooseRows {
    /** Bytes of a shard and of a workspace id, with which keys of a workspace begin. */
    private static final int PREFIX_BYTES = Short.BYTES + Long.BYTES;

    private static final List<Table> BY_WORKSPACE = List.of(Table.HEAD, Table.VERSION, Table.LOG);

    private final Inspection in;

    LooseRows(Inspection in) {
        this.in = in;
    }

    void check() {
        BY_WORKSPACE.forEach(this::workspaces);
        try (Cursor index = in.store().cursor(Table.INDEX, KeyRanges.everything())) {
            if (index.valid()) {
                in.found(Table.INDEX, MetaRows.hex(index.key()), "nothing is indexed, so no row may be here");
            }
        }
        answers();
    }

    /** Goes from workspace to workspace, without a look at what is in them. */
    private void workspaces(Table table) {
        try (Cursor cursor = in.store().cursor(table, KeyRanges.everything())) {
            boolean more = cursor.valid();
            while (more) {
                in.row();
                byte[] key = cursor.key();
                long id = key.length < PREFIX_BYTES ? 0 : ByteBuffer.wrap(key).getLong(Short.BYTES);
                if (key.length < PREFIX_BYTES || ByteBuffer.wrap(key).getShort() != 0 || id <= 0) {
                    in.found(table, MetaRows.hex(key), "it is no key of this table");
                    more = cursor.next();
                } else {
                    workspace(table, id);
                    more = cursor.seek(KeyRange.afterPrefix(Arrays.copyOf(key, PREFIX_BYTES)));
                }
            }
        }
    }

    private void workspace(Table table, long id) {
        if (!in.meta().workspaces().containsKey(id)) {
            boolean given = id < in.applied().nextWorkspaceId();
            in.found(
                    table,
                    "workspace#" + id,
                    given ? "rows are left of a workspace that has no row" : "the workspace never existed");
        }
    }

    private void answers() {
        try (Cursor cursor = in.store().cursor(Table.DEDUP, KeyRanges.everything())) {
            for (; cursor.valid(); cursor.next()) {
                in.row();
                byte[] key = cursor.key();
                in.decode(Table.DEDUP, () -> MetaRows.hex(key), key, Keys::parseDedup);
                in.decode(Table.DEDUP, () -> MetaRows.hex(key), cursor.value(), DedupRow::decode);
            }
        }
    }
}
