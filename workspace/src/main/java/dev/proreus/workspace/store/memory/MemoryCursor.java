package dev.proreus.workspace.store.memory;

import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.StoreClosedException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A cursor over one moment of a {@link MemoryStore}. */
final class MemoryCursor implements Cursor {
    private final MemoryStore store;
    private final VersionedMap table;
    private final long moment;
    private final byte[] fromInclusive;
    private final byte[] toExclusive;
    private VersionedMap.@Nullable Entry at;
    private boolean closed;

    /** Opens it at the first key of the range; called under the store's lock. */
    MemoryCursor(MemoryStore store, VersionedMap table, long moment, byte[] fromInclusive, byte[] toExclusive) {
        this.store = store;
        this.table = table;
        this.moment = moment;
        this.fromInclusive = fromInclusive;
        this.toExclusive = toExclusive;
        this.at = table.first(fromInclusive, true, toExclusive, moment);
    }

    @Override
    public boolean valid() {
        return at != null;
    }

    @Override
    public boolean next() {
        VersionedMap.Entry from = at;
        return move(from == null ? toExclusive : from.key, false);
    }

    @Override
    public boolean seek(byte[] keyInclusive) {
        boolean before = Arrays.compareUnsigned(keyInclusive, fromInclusive) < 0;
        return move(before ? fromInclusive : keyInclusive, true);
    }

    @Override
    public boolean previous() {
        VersionedMap.Entry from = at;
        return moveBack(from == null ? fromInclusive : from.key, false);
    }

    @Override
    public boolean seekBack(byte[] keyInclusive) {
        boolean behind = Arrays.compareUnsigned(keyInclusive, toExclusive) >= 0;
        return behind ? moveBack(toExclusive, false) : moveBack(keyInclusive, true);
    }

    @Override
    public byte[] key() {
        return here().key.clone();
    }

    @Override
    public byte[] value() {
        return here().value.clone();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            at = null;
            store.release(moment);
        }
    }

    private boolean move(byte[] from, boolean inclusive) {
        checkOpen();
        at = store.reading(() -> table.first(from, inclusive, toExclusive, moment));
        return at != null;
    }

    private boolean moveBack(byte[] from, boolean inclusive) {
        checkOpen();
        at = store.reading(() -> table.last(from, inclusive, fromInclusive, moment));
        return at != null;
    }

    private VersionedMap.Entry here() {
        checkOpen();
        VersionedMap.Entry here = store.reading(() -> at);
        if (here == null) {
            throw new IllegalStateException("the cursor stands at no key");
        }
        return here;
    }

    private void checkOpen() {
        if (closed) {
            throw new StoreClosedException("the cursor");
        }
    }
}
