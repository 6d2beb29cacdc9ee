package dev.proreus.workspace.read;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.BodyRoom;
import dev.proreus.workspace.ChangeView;
import dev.proreus.workspace.History;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.ObjectState;
import dev.proreus.workspace.Place;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.cache.BodyCache;
import dev.proreus.workspace.cache.NewestObject;
import dev.proreus.workspace.cache.ObjectCache;
import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.KeyRange;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.keys.StoredKey;
import dev.proreus.workspace.store.rows.LogRow;
import dev.proreus.workspace.store.rows.VersionRow;
import dev.proreus.workspace.type.DeclaredFields;
import dev.proreus.workspace.type.TypeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects and changes out of versions and log. Versions never change once written, so that a read at a published
 * revision is consistent without a snapshot, whatever is written meanwhile; a cursor lives for one chunk. Thread-safe.
 */
public final class ObjectReader implements History, LoggedChange.Bodies {
    private final Store store;
    private final Keys keys;
    private final IntFunction<@Nullable TypeDefinition> types;
    private final FloorLookup floors;
    private final ObjectCache newest;
    private final BodyCache bodies;
    private final LogReader logs;
    private final SubtreeReader subtrees;
    private final ReadCounts counts = new ReadCounts();

    /**
     * Makes a reader.
     *
     * @param types gives definitions by internal id
     * @param places gives the places of workspaces, those that are gone included
     * @param floors tells whether what is missing was trimmed
     * @param newest is asked for single objects before the store is
     * @param bodies is asked for bodies before the store is
     */
    public ObjectReader(
            Store store,
            Keys keys,
            IntFunction<@Nullable TypeDefinition> types,
            LongFunction<@Nullable Place> places,
            FloorLookup floors,
            ObjectCache newest,
            BodyCache bodies) {
        this.store = store;
        this.keys = keys;
        this.types = types;
        this.floors = floors;
        this.newest = newest;
        this.bodies = bodies;
        this.logs = new LogReader(store, keys, counts, this);
        this.subtrees = new SubtreeReader(store, keys, places, floors, counts, this);
    }

    /** Returns what reads have cost so far. */
    public ReadCounts counts() {
        return counts;
    }

    @Override
    public States states(
            long workspaceId,
            int typeId,
            @Nullable String name,
            @Nullable String afterName,
            long atRevision,
            int maxObjects,
            int maxBytes) {
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
                if (state != null && (found.size() >= maxObjects || bytes >= maxBytes)) {
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
        NewestObject known = newest.find(workspaceId, typeId, name);
        if (known != null && known.head().revision() <= atRevision) {
            Selectable selectable = known.selectable(fields(typeId), name);
            return new ObjectState(name, known.head().revision(), known.object(), selectable);
        }
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
    public Log log(Scope scope, long afterExclusive, long throughInclusive, int maxRows) {
        if (scope instanceof Scope.Subtree subtree) {
            return subtrees.log(subtree, afterExclusive, throughInclusive, maxRows);
        }
        return logs.read(scope.workspaceId(), afterExclusive, throughInclusive, maxRows);
    }

    /**
     * Reads what one share holds, since whoever is full takes no more; the rest is read when it is asked for. Leaves
     * out what cannot be read, as well: whoever asks for it is told why.
     */
    @Override
    public void readAhead(List<ChangeView> changes, BodyRoom room) {
        List<LoggedChange> unread = new ArrayList<>(changes.size());
        List<byte[]> versions = new ArrayList<>(changes.size());
        BodyCache.Walk known = bodies.walk(room);
        int bytes = 0;
        for (ChangeView change : changes) {
            if (bytes < Limits.SHARE_BYTES && change instanceof LoggedChange logged && !logged.isRead()) {
                long revision = logged.objectRevision();
                ByteString body = known.find(change.workspaceId(), change.typeId(), change.name(), revision);
                if (body != null) {
                    logged.with(body, null);
                    bytes += body.size();
                } else {
                    unread.add(logged);
                    versions.add(keys.version(change.workspaceId(), change.typeId(), change.name(), revision));
                }
            }
        }
        List<byte @Nullable []> rows = store.getAll(Table.VERSION, versions, Math.max(1, Limits.SHARE_BYTES - bytes));
        for (int i = 0; i < rows.size(); i++) {
            byte[] row = rows.get(i);
            if (row != null && VersionRow.decode(row) instanceof VersionRow.State state) {
                counts.body();
                unread.get(i).with(state.object(), null);
            }
        }
    }

    @Override
    public Log versions(
            long workspaceId,
            int typeId,
            String name,
            long afterExclusive,
            long throughInclusive,
            boolean origins,
            int maxRows) {
        VersionReader reader = new VersionReader(
                this,
                counts,
                revision -> origins ? origin(workspaceId, typeId, name, revision) : null,
                workspaceId,
                typeId,
                name,
                maxRows);
        KeyRange range = keys.ranges().versionsAt(workspaceId, typeId, name, throughInclusive);
        byte[] before = keys.version(workspaceId, typeId, name, afterExclusive);
        try (Cursor cursor = store.cursor(Table.VERSION, range)) {
            return reader.read(cursor, before, afterExclusive, throughInclusive);
        }
    }

    private VersionReader.@Nullable Origin origin(long workspaceId, int typeId, String name, long revision) {
        counts.row();
        byte[] row = store.get(Table.LOG, keys.log(workspaceId, revision));
        if (row == null) {
            throw floors.missing(workspaceId, revision, "the log");
        }
        LogRow decoded = LogRow.decode(row);
        for (LogRow.Write write : decoded.writes()) {
            if (write.typeId() == typeId && write.name().equals(name)) {
                return new VersionReader.Origin(decoded.sequence(), write);
            }
        }
        throw floors.missing(workspaceId, revision, "a write of " + name + " in the log");
    }

    @Override
    public SortedMap<Long, Long> revisions(Scope.Subtree scope, long sequence) {
        return subtrees.revisions(scope, sequence);
    }

    @Override
    public ByteString body(long workspaceId, int typeId, String name, long revision) {
        ByteString known = bodies.find(workspaceId, typeId, name, revision);
        if (known != null) {
            return known;
        }
        counts.body();
        byte[] version = store.get(Table.VERSION, keys.version(workspaceId, typeId, name, revision));
        if (version == null || !(VersionRow.decode(version) instanceof VersionRow.State body)) {
            throw floors.missing(workspaceId, revision, "a version of " + name);
        }
        return body.object();
    }

    @Override
    public DeclaredFields fields(int typeId) {
        TypeDefinition type = types.apply(typeId);
        return type == null ? DeclaredFields.NONE : type.fields();
    }
}
