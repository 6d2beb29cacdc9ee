package dev.proreus.workspace.check;

import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.KeyRanges;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.keys.StoredKey;
import dev.proreus.workspace.store.rows.VersionRow;
import org.jspecify.annotations.Nullable;

/** Looks versions up one after another, with one cursor: to open one for each would cost more than the look. */
final class VersionSeek implements AutoCloseable {
    private final Keys keys;
    private final Cursor cursor;

    VersionSeek(Inspection in) {
        this.keys = in.keys();
        this.cursor = in.store().cursor(Table.VERSION, KeyRanges.everything());
    }

    /** A version where the cursor stood; its row is decoded when somebody asks. */
    static final class Found {
        private final StoredKey.Version key;
        private final byte[] row;

        private Found(StoredKey.Version key, byte[] row) {
            this.key = key;
            this.row = row;
        }

        StoredKey.Version key() {
            return key;
        }

        int rowBytes() {
            return row.length;
        }

        /** Returns whether it says that the object was deleted. */
        boolean isTombstone() {
            return VersionRow.isTombstone(row);
        }

        /** Returns what it says, or throws {@link dev.proreus.workspace.store.StoreCorruptException}. */
        VersionFacts facts() {
            return VersionFacts.read(key, row);
        }
    }

    /** Returns the newest version of a name at or before a revision, or null. */
    @Nullable
    Found at(long workspaceId, int typeId, String name, long revision) {
        return cursor.seek(keys.version(workspaceId, typeId, name, revision)) ? here(workspaceId, typeId, name) : null;
    }

    /** Returns the version of the same name before the one just found, or null. */
    @Nullable
    Found before(Found found) {
        StoredKey.Version key = found.key;
        return cursor.next() ? here(key.workspaceId(), key.typeId(), key.name()) : null;
    }

    private @Nullable Found here(long workspaceId, int typeId, String name) {
        byte[] key = cursor.key();
        return Keys.isVersionOf(key, keys.head(workspaceId, typeId, name))
                ? new Found(Keys.parseVersion(key), cursor.value())
                : null;
    }

    @Override
    public void close() {
        cursor.close();
    }
}
