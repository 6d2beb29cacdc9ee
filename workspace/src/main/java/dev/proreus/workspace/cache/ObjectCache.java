package dev.proreus.workspace.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import dev.proreus.workspace.Instrumentation;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The newest objects of the whole store, those that are written and asked for most, in so many bytes of the heap. A
 * write judges what its object is now, and a read of one object mostly wants the newest: in the store these are two
 * searches, here none.
 *
 * <p>The committer alone changes it, once what a batch did is durable and before any reader is told of it. So whoever
 * has seen a revision finds here what that or a newer one made of an object, or nothing: then the store has it. Readers
 * never add what they have read, which may be old by then. Thread-safe.
 */
public final class ObjectCache {
    private final Cache<Key, NewestObject> objects;
    private final LongAdder hits;
    private final LongAdder misses;

    /** @param bytes of the heap to take at most; 0 for none */
    public ObjectCache(long bytes, Instrumentation instrumentation) {
        objects = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((Key key, NewestObject object) -> 2 * key.name.length() + object.bytes())
                // What it has to do beside is little, and done by whoever comes by: it has no thread.
                .executor(Runnable::run)
                .build();
        hits = instrumentation.counter(
                "proreus.object_cache.hits", "{object}", "Objects that writes and reads found in the object cache.");
        misses = instrumentation.counter(
                "proreus.object_cache.misses", "{object}", "Objects that writes and reads looked for in the store.");
        instrumentation.level("proreus.object_cache.limit", "By", "Bytes that the object cache may take.", () -> bytes);
        instrumentation.level("proreus.object_cache.size", "By", "Bytes that the object cache has taken.", this::taken);
    }

    /** Returns an object, or null where it is not here. */
    public @Nullable NewestObject find(long workspaceId, int typeId, String name) {
        NewestObject found = objects.getIfPresent(new Key(workspaceId, typeId, name));
        (found == null ? misses : hits).increment();
        return found;
    }

    /** Notes what an object has become; for the committer. */
    public void put(long workspaceId, int typeId, String name, NewestObject object) {
        objects.put(new Key(workspaceId, typeId, name), object);
    }

    /** Notes that an object is gone; for the committer. */
    public void remove(long workspaceId, int typeId, String name) {
        objects.invalidate(new Key(workspaceId, typeId, name));
    }

    private long taken() {
        return objects.policy()
                .eviction()
                .map(Policy.Eviction::weightedSize)
                .orElse(OptionalLong.empty())
                .orElse(0);
    }

    private record Key(long workspaceId, int typeId, String name) {}
}
