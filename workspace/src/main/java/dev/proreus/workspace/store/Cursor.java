package dev.proreus.workspace.store;

/**
 * A position in a range of one table's keys, in ascending order, at one moment of the store.
 *
 * <p>A new cursor stands at the first key of its range. Typical use:
 *
 * <pre>{@code
 * try (Cursor at = store.cursor(Table.LOG, range)) {
 *     for (; at.valid(); at.next()) {
 *         ... at.key() ... at.value() ...
 *     }
 * }
 * }</pre>
 *
 * <p>A cursor never outlives one chunk of its caller's work: it holds memory of the store, and data that it may still
 * see is not reclaimed. One thread at a time. Once it or its store is closed, every method but {@link #valid} and
 * {@link #close} throws {@link StoreClosedException}. Moving throws {@link StoreCorruptException} or
 * {@link StoreFailedException} where the next key cannot be read, never the impression of an end.
 */
public interface Cursor extends AutoCloseable {

    /** Returns whether the last move found a key; false past the end and after {@link #close}. */
    boolean valid();

    /** Moves to the next key and returns whether there is one; past the end it stays there. */
    boolean next();

    /**
     * Moves, forward or back, to the first key of the range at or after {@code keyInclusive}, and returns whether there
     * is one. A key before the range means the range's first.
     */
    boolean seek(byte[] keyInclusive);

    /**
     * Moves to the key before and returns whether there is one; before the first it stands nowhere, until it is moved
     * with a {@code seek}.
     */
    boolean previous();

    /**
     * Moves to the last key of the range at or before {@code keyInclusive}, and returns whether there is one. A key
     * behind the range means the range's last.
     */
    boolean seekBack(byte[] keyInclusive);

    /**
     * Returns a copy of the key.
     *
     * @throws IllegalStateException if the cursor is not {@link #valid}
     */
    byte[] key();

    /**
     * Returns a copy of the value.
     *
     * @throws IllegalStateException if the cursor is not {@link #valid}
     */
    byte[] value();

    /** Ends the cursor. Closing twice, or after the store was closed, does nothing. */
    @Override
    void close();
}
