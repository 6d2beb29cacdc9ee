package dev.proreus.workspace.store;

import org.jspecify.annotations.Nullable;

/**
 * All tables of a store at one moment.
 *
 * <p>What is written later is not seen. A view keeps old data from being reclaimed: it is closed within one chunk of
 * work. Its cursors may outlive it, under the same rule. One thread at a time. Failures are those of {@link Store}.
 */
public interface StoreView extends AutoCloseable {

    /** Returns the value that a key had at the moment of the view, or null where it had none. */
    byte @Nullable [] get(Table table, byte[] key);

    /** Opens a cursor as {@link Store#cursor(Table, byte[], byte[])} does, at the moment of the view. */
    Cursor cursor(Table table, byte[] fromInclusive, byte[] toExclusive);

    /** Opens a cursor over a range of keys, at the moment of the view. */
    default Cursor cursor(Table table, KeyRange range) {
        return cursor(table, range.fromInclusive(), range.toExclusive());
    }

    /** Ends the view. Closing twice, or after the store was closed, does nothing. */
    @Override
    void close();
}
