package dev.proreus.workspace.read;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Change;
import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.History;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.ObjectState;
import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.KeyRange;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreCorruptException;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.keys.StoredKey;
import dev.proreus.workspace.store.rows.LogRow;
import dev.proreus.workspace.store.rows.VersionRow;
import dev.proreus.workspace.type.DeclaredFields;
import dev.proreus.workspace.type.TypeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects and changes out of versions and log. Versions never change once written, so that a read at a published
 * revision is consistent without a snapshot, whatever is written meanwhile; a cursor lives for one chunk. Thread-safe.
 */
public final class ObjectReader implements History {
    /** Log rows of one chunk: some milliseconds of work, after which others get their turn. */
    static final int CHUNK_ROWS = 1_000;

    /** Bytes of objects after which a chunk of changes is closed. */
    static final int CHUNK_BYTES = 1 << 20;

    private final Store store;
    private final Keys keys;
    private final IntFunction<@Nullable TypeDefinition> types;

    /** Makes a reader; {@code types} gives definitions by internal id. */
    public ObjectReader(Store store, Keys keys, IntFunction<@Nullable TypeDefinition> types) {
        this.store = store;
        this.keys = keys;
        this.types = types;
    }

    @Override
    public States states(
            long workspaceId,
            int typeId,
            @Nullable String name,
            @Nullable String afterName,
            long atRevision,
            int maxObjects) {
        if (name != null) {
            ObjectState one = afterName == null ? state(workspaceId, typeId, name, atRevision) : null;
            return new States(one == null ? List.of() : List.of(one), false);
        }
        KeyRange range = afterName == null
                ? keys.ranges().objects(workspaceId, typeId)
                : keys.ranges().objectsAfter(workspaceId, typeId, afterName);
        List<ObjectState> found = new ArrayList<>();
        int bytes = 0;
        try (Cursor cursor = store.cursor(Table.VERSION, range)) {
            while (cursor.valid()) {
                StoredKey.Version key = Keys.parseVersion(cursor.key());
                ObjectState state = at(cursor, key, atRevision);
                if (state != null && (found.size() >= maxObjects || bytes >= Limits.PAGE_BYTES)) {
                    return new States(found, true);
                }
                if (state != null) {
                    found.add(state);
                    bytes += state.object().size();
                }
                cursor.seek(KeyRange.afterPrefix(keys.head(workspaceId, typeId, key.name())));
            }
        }
        return new States(found, false);
    }

    /** Returns one object as it stood at a revision, or null where it did not exist. */
    public @Nullable ObjectState state(long workspaceId, int typeId, String name, long atRevision) {
        try (Cursor cursor =
                store.cursor(Table.VERSION, keys.ranges().versionsAt(workspaceId, typeId, name, atRevision))) {
            return cursor.valid() ? decoded(cursor, Keys.parseVersion(cursor.key())) : null;
        }
    }

    /** Returns the state at a revision of the object at whose newest version the cursor stands. */
    private @Nullable ObjectState at(Cursor cursor, StoredKey.Version newest, long atRevision) {
        StoredKey.Version key = newest;
        if (newest.revision() > atRevision) {
            byte[] wanted = keys.version(newest.workspaceId(), newest.typeId(), newest.name(), atRevision);
            if (!cursor.seek(wanted)) {
                return null;
            }
            key = Keys.parseVersion(cursor.key());
            if (!key.name().equals(newest.name())) {
                return null;
            }
        }
        return decoded(cursor, key);
    }

    private @Nullable ObjectState decoded(Cursor cursor, StoredKey.Version key) {
        if (!(VersionRow.decode(cursor.value()) instanceof VersionRow.State body)) {
            return null;
        }
        Selectable selectable = fields(key.typeId()).selectable(key.name(), body.object());
        return new ObjectState(key.name(), key.revision(), body.object(), selectable);
    }

    @Override
    public Changes changes(
            long workspaceId, int typeId, @Nullable String name, long afterExclusive, long throughInclusive) {
        List<Change> found = new ArrayList<>();
        long reached = afterExclusive;
        int rows = 0;
        int bytes = 0;
        KeyRange range = keys.ranges().log(workspaceId, afterExclusive, throughInclusive);
        try (Cursor cursor = store.cursor(Table.LOG, range)) {
            for (; cursor.valid(); cursor.next()) {
                if (rows++ >= CHUNK_ROWS || bytes >= CHUNK_BYTES) {
                    return new Changes(found, reached);
                }
                long revision = Keys.parseLog(cursor.key()).revision();
                LogRow row = LogRow.decode(cursor.value());
                for (LogRow.Write write : row.writes()) {
                    if (write.typeId() == typeId && (name == null || name.equals(write.name()))) {
                        Change change = change(workspaceId, revision, row.sequence(), write);
                        found.add(change);
                        bytes += change.object().size();
                    }
                }
                reached = revision;
            }
        }
        return new Changes(found, throughInclusive);
    }

    private Change change(long workspaceId, long revision, long sequence, LogRow.Write write) {
        boolean deleted = write.kind() == ChangeKind.DELETED;
        ByteString object = body(workspaceId, write, deleted ? write.previousRevision() : revision);
        ByteString previous =
                write.kind() == ChangeKind.MODIFIED ? body(workspaceId, write, write.previousRevision()) : null;
        DeclaredFields fields = fields(write.typeId());
        Selectable now = fields.selectable(write.name(), object);
        Selectable before = previous == null ? now : fields.selectable(write.name(), previous);
        return new Change(
                sequence,
                workspaceId,
                revision,
                write.typeId(),
                write.name(),
                write.kind(),
                write.sections(),
                object,
                now,
                write.kind() == ChangeKind.ADDED ? null : before.sharing(now),
                previous,
                0);
    }

    private ByteString body(long workspaceId, LogRow.Write write, long revision) {
        byte[] version = store.get(Table.VERSION, keys.version(workspaceId, write.typeId(), write.name(), revision));
        if (version == null || !(VersionRow.decode(version) instanceof VersionRow.State body)) {
            throw new StoreCorruptException(
                    "the log names revision " + revision + " of " + write.name() + ", of which there is no version",
                    null);
        }
        return body.object();
    }

    private DeclaredFields fields(int typeId) {
        TypeDefinition type = types.apply(typeId);
        return type == null ? DeclaredFields.NONE : type.fields();
    }
}
