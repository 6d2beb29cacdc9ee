package dev.proreus.workspace.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An ordered, durable map of bytes in a few tables.
 *
 * <p>Keys order bytewise, bytes taken as unsigned, a prefix before what it begins. Keys are not empty; values may be.
 * Arrays passed in are not kept and arrays returned belong to the caller, except that a batch keeps what was put into
 * it until it is written.
 *
 * <p><b>Failure.</b> A write that does not return normally has an unknown outcome: it may be found after a restart, or
 * not. After the first such failure every later write fails as well, reads go on, and the process is expected to end:
 * {@link StoreFailedException}. Bytes that do not match their checksum are {@link StoreCorruptException}. Every use
 * after {@link #close} is {@link StoreClosedException}.
 *
 * <p><b>Threads.</b> All methods may be called by any number of threads. Writes take effect one after another, in the
 * order in which they return; a read that starts after a write returned sees it. Reads never wait for a write, except
 * where a store says so. A {@link Cursor} or a {@link StoreView} is used by one thread at a time.
 */
public interface Store extends AutoCloseable {

    /**
     * Returns the value of a key, or null where the table has none.
     *
     * @throws StoreCorruptException if the stored bytes are damaged
     * @throws StoreFailedException if they cannot be read
     */
    byte @Nullable [] get(Table table, byte[] key);

    /**
     * Returns the values of keys, in the order of the keys, which costs less than to ask for each.
     *
     * @param enoughBytes where the values found have as many bytes together, any of the others may be left out
     * @return for each key its value; null where the table has none, where it was left out, or where it cannot be read,
     *     which {@link #get} then tells
     */
    List<byte @Nullable []> getAll(Table table, List<byte[]> keys, long enoughBytes);

    /**
     * Opens a cursor over the keys from {@code fromInclusive} to {@code toExclusive}, standing at the first of them.
     *
     * <p>It sees the table as it was when opened, whatever is written later. It holds resources and keeps old data from
     * being reclaimed, so it is closed by the caller within one chunk of work and never kept across requests.
     *
     * @throws StoreCorruptException if the stored bytes are damaged
     * @throws StoreFailedException if they cannot be read
     */
    Cursor cursor(Table table, byte[] fromInclusive, byte[] toExclusive);

    /** Opens a cursor over a range of keys, as {@link #cursor(Table, byte[], byte[])} does. */
    default Cursor cursor(Table table, KeyRange range) {
        return cursor(table, range.fromInclusive(), range.toExclusive());
    }

    /**
     * Opens a view of all tables at this moment, for reads that must agree with one another.
     *
     * <p>The same rule as for a cursor: closed by the caller within one chunk of work.
     */
    StoreView view();

    /**
     * Applies a batch in one atomic step; durable on return, an empty batch excepted, which does nothing.
     *
     * <p>No read sees any of it before it is durable, and none sees a part of it.
     *
     * @throws StoreFailedException if it could not be made durable; its outcome is then unknown
     */
    void write(StoreBatch batch);

    /**
     * Applies a batch of deletes in one atomic step, durable only with the next {@link #write} or whenever the system
     * gets to it.
     *
     * <p>After a crash it may not have happened; then nothing that was written later has happened either. So it is for
     * deletes alone of what is not read any more, by a caller that finds out at the next start what is left to delete.
     * It costs no sync and hardly delays writes.
     *
     * @throws IllegalArgumentException if the batch has a put
     * @throws StoreFailedException if it could not be applied; its outcome is then unknown
     */
    void writeUnsynced(StoreBatch deletes);

    /**
     * Deletes every key of a range in some tables, in one atomic step, as durable as {@link #writeUnsynced} makes it
     * and by the same rule.
     *
     * <p>It costs the same however many keys there are, and makes later reads near the range slower until it is
     * {@link #compact}ed: so it is for many keys, and for few ranges at a time.
     *
     * @throws StoreFailedException if it could not be applied; its outcome is then unknown
     */
    void deleteRange(List<Table> tables, KeyRange range);

    /**
     * Gives back what deletes in a range of some tables have freed; returns when that is done, which may take minutes
     * where there is much. Reads and writes go on meanwhile, and are hardly slower: it takes its time. A store that has
     * nothing to give back does nothing.
     *
     * @throws StoreFailedException if it failed
     */
    void compact(List<Table> tables, KeyRange range);

    /**
     * Returns whether an operator has accepted that commit batches are lost which were durable and may have been read;
     * until the next one is written. A store that loses none says no.
     */
    default boolean isLossAccepted() {
        return false;
    }

    /**
     * Closes the store: waits for operations under way, ends open cursors and views, releases the data folder.
     *
     * <p>Closing twice does nothing.
     */
    @Override
    void close();
}
