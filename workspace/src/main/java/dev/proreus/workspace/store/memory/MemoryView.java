package dev.proreus.workspace.store.memory;

import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.StoreClosedException;
import dev.proreus.workspace.store.StoreView;
import dev.proreus.workspace.store.Table;
import org.jspecify.annotations.Nullable;

/** A view of one moment of a {@link MemoryStore}. */
final class MemoryView implements StoreView {
    private final MemoryStore store;
    private final long moment;
    private boolean closed;

    MemoryView(MemoryStore store, long moment) {
        this.store = store;
        this.moment = moment;
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) {
        checkOpen();
        return store.getOfView(moment, table, key);
    }

    @Override
    public Cursor cursor(Table table, byte[] fromInclusive, byte[] toExclusive) {
        checkOpen();
        return store.cursorOfView(moment, table, fromInclusive, toExclusive);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            store.release(moment);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new StoreClosedException("the view");
        }
    }
}
