package dev.proreus.workspace.commit;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.cache.NewestObject;
import dev.proreus.workspace.cache.NewestObject.Seen;
import dev.proreus.workspace.cache.ObjectCache;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreCorruptException;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.HeadRow;
import dev.proreus.workspace.store.rows.VersionRow;
import dev.proreus.workspace.type.TypeDefinition;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The newest objects as a batch in the making leaves them: what it looked at or changed, over what the batch before it
 * did, over what the store holds, which mostly is in the object cache.
 *
 * <p>The batch before may still be in flight: what it changed is found in its overlay, whether the store shows it yet
 * or not. The one before that is durable by the time a batch is begun, so two levels are enough. Changed by the builder
 * of its batch only; whoever builds the next one reads it.
 */
final class Overlay {
    private final Keys keys;
    private final Store store;
    private final ObjectCache cache;
    private final Map<Key, Known> own = new HashMap<>();
    private final Map<Key, Known> before;
    private int loadedBytes;

    private Overlay(Keys keys, Store store, ObjectCache cache, Map<Key, Known> before) {
        this.keys = keys;
        this.store = store;
        this.cache = cache;
        this.before = before;
    }

    /** Returns the overlay of a first batch, which stands on the store alone. */
    static Overlay over(Keys keys, Store store, ObjectCache cache) {
        return new Overlay(keys, store, cache, Map.of());
    }

    /** Returns the overlay of the next batch; this one is not changed any more. */
    Overlay next() {
        return new Overlay(keys, store, cache, own);
    }

    /** Returns an object, or null where there is none. */
    @Nullable
    Stored find(long workspaceId, int typeId, String name) {
        Key key = new Key(workspaceId, typeId, name);
        Known known = known(key);
        if (known == null) {
            known = load(key);
            loadedBytes += known.object == null ? 0 : known.object.bytes();
            own.put(key, known);
        }
        return known.object;
    }

    /** Notes what an object has become, and what selectors see of it; null for gone. */
    void put(long workspaceId, int typeId, String name, @Nullable Stored object, @Nullable Seen seen) {
        own.put(new Key(workspaceId, typeId, name), new Known(object, seen));
    }

    /** Has the cache hold what was found and done here, once that is durable and before readers are told of it. */
    void show() {
        own.forEach((key, known) -> {
            Stored object = known.object;
            if (object == null) {
                cache.remove(key.workspaceId, key.typeId, key.name);
            } else {
                NewestObject newest = new NewestObject(object.head(), object.owners(), object.object(), known.seen);
                cache.put(key.workspaceId, key.typeId, key.name, newest);
            }
        });
    }

    /**
     * Returns what selectors see of an object that was found here: as it was seen when it was put, or where it came
     * from the store, or other fields are declared since, after one more walk over its bytes.
     */
    @SuppressWarnings("ReferenceEquality") // of what is equal and not the same, bytes would be compared
    Seen seen(long workspaceId, TypeDefinition type, String name, Stored object) {
        Known known = known(new Key(workspaceId, type.id(), name));
        Seen before = known == null || known.object != object ? null : known.seen;
        return before != null && before.fields() == type.fields()
                ? before
                : Seen.of(object.object(), type.fields(), name);
    }

    /** Returns whether objects of a type exist in any of some workspaces. */
    boolean has(Set<Long> workspaceIds, int typeId) {
        return holds(own, workspaceIds, typeId)
                || holds(before, workspaceIds, typeId)
                || workspaceIds.stream().anyMatch(id -> stores(id, typeId));
    }

    /** Returns whether the store has objects of a type in a workspace, of which it is not known that they are gone. */
    private boolean stores(long workspaceId, int typeId) {
        try (var cursor = store.cursor(Table.HEAD, keys.ranges().objects(workspaceId, typeId))) {
            for (; cursor.valid(); cursor.next()) {
                Known known = known(new Key(
                        workspaceId, typeId, Keys.parseHead(cursor.key()).name()));
                if (known == null || known.object != null) {
                    return true;
                }
            }
            return false;
        }
    }

    private boolean holds(Map<Key, Known> level, Set<Long> workspaceIds, int typeId) {
        return level.keySet().stream()
                .filter(key -> key.typeId == typeId && workspaceIds.contains(key.workspaceId))
                .map(this::known)
                .anyMatch(known -> known != null && known.object != null);
    }

    private @Nullable Known known(Key key) {
        Known known = own.get(key);
        return known == null ? before.get(key) : known;
    }

    private Known load(Key key) {
        NewestObject newest = cache.find(key.workspaceId, key.typeId, key.name);
        if (newest != null) {
            return new Known(new Stored(newest.head(), newest.owners(), newest.object()), newest.seen());
        }
        return new Known(read(key), null);
    }

    private @Nullable Stored read(Key key) {
        byte[] head = store.get(Table.HEAD, keys.head(key.workspaceId, key.typeId, key.name));
        if (head == null) {
            return null;
        }
        HeadRow row = HeadRow.decode(head);
        byte[] version = store.get(Table.VERSION, keys.version(key.workspaceId, key.typeId, key.name, row.revision()));
        if (version == null || !(VersionRow.decode(version) instanceof VersionRow.State body)) {
            throw new StoreCorruptException(
                    "the head of " + key.name + " names revision " + row.revision() + ", of which there is no version",
                    null);
        }
        // A copy, since the next versions take it over and must not hold this whole row for it.
        ByteString owners = ByteString.copyFrom(body.owners().toByteArray());
        return new Stored(row, owners, body.object());
    }

    /** Returns the bytes of the objects that were looked at in cache or store. */
    int loadedBytes() {
        return loadedBytes;
    }

    /** What is known of a name: its object, or null for none, and what is seen of it, where it was looked at. */
    private record Known(@Nullable Stored object, @Nullable Seen seen) {}

    private record Key(long workspaceId, int typeId, String name) {}
}
