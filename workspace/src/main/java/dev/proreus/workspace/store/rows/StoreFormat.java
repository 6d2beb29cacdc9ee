package dev.proreus.workspace.store.rows;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.StoreCorruptException;
import dev.proreus.workspace.store.StoreOpenException;
import dev.proreus.workspace.store.StoreOpenException.Kind;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.KeyRanges;
import dev.proreus.workspace.store.keys.Keys;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The version of all that is stored: tables, keys, rows.
 *
 * <p>A store says in its first row what format it is in. A version of Proreus opens the formats up to its own, and only
 * where it knows every feature that the data makes use of; what is newer it leaves untouched.
 */
public final class StoreFormat {
    /** The format that this version writes, and the newest that it reads. */
    public static final int VERSION = 1;

    /** The feature bits that this version knows; none are in use yet. */
    public static final long FEATURES = 0;

    private static final long UUID_VERSION_BITS = 0xF000L;
    private static final long UUID_VERSION_4 = 0x4000L;
    private static final long UUID_VARIANT_BITS = 0xC000_0000_0000_0000L;
    private static final long UUID_VARIANT_RFC = 0x8000_0000_0000_0000L;

    private StoreFormat() {}

    /**
     * Checks an existing store's format, or gives a new store its first row, durably.
     *
     * @param random where the node's id and the token key come from; it must be fit for keys
     * @throws StoreOpenException if the format is newer, or there is data without a row that says its format
     */
    public static StoreRow establish(Store store, RandomGenerator random) {
        byte[] row = store.get(Table.META, Keys.store());
        if (row != null) {
            check(row, "the store");
            return StoreRow.decode(row);
        }
        for (Table table : Table.values()) {
            requireEmpty(store, table);
        }
        StoreRow fresh = new StoreRow(VERSION, FEATURES, randomUuid(random), randomBytes(random));
        StoreBatch batch = new StoreBatch();
        batch.put(Table.META, Keys.store(), fresh.encode());
        store.write(batch);
        return fresh;
    }

    /**
     * Checks the row about a store before anything of it is touched.
     *
     * @param storeRow the value of {@link Keys#store}
     * @param place what the message calls the store, such as {@code data folder /var/lib/proreus}
     * @throws StoreOpenException if the format is newer than this version knows, or the row is damaged
     */
    public static void check(byte[] storeRow, String place) {
        StoreRow.Format format;
        try {
            format = StoreRow.decodeFormat(storeRow);
        } catch (StoreCorruptException e) {
            throw new StoreOpenException(
                    Kind.CORRUPT, place + " is damaged (" + e.getMessage() + "): restore it from a backup", e);
        }
        if (format.version() < 1) {
            throw new StoreOpenException(
                    Kind.CORRUPT, place + " is damaged (no format version): restore it from a backup");
        }
        long unknown = format.features() & ~FEATURES;
        if (format.version() > VERSION || unknown != 0) {
            throw new StoreOpenException(
                    Kind.NEWER_FORMAT,
                    place + " is in format " + format.version() + unknownText(unknown)
                            + ", and this version of Proreus reads formats up to " + VERSION
                            + ": run the version that wrote it or a newer one, or choose another folder with --data;"
                            + " nothing was changed");
        }
    }

    private static String unknownText(long features) {
        return features == 0 ? "" : " with features 0x" + Long.toHexString(features) + " unknown here";
    }

    private static void requireEmpty(Store store, Table table) {
        try (Cursor first = store.cursor(table, KeyRanges.everything())) {
            if (first.valid()) {
                throw new StoreOpenException(
                        Kind.CORRUPT,
                        "the store has data in table " + table.label()
                                + " but no row that says its format: restore it from a backup");
            }
        }
    }

    private static UUID randomUuid(RandomGenerator random) {
        byte[] bytes = new byte[RowBytes.UUID_BYTES];
        random.nextBytes(bytes);
        ByteBuffer both = ByteBuffer.wrap(bytes);
        long high = (both.getLong() & ~UUID_VERSION_BITS) | UUID_VERSION_4;
        long low = (both.getLong() & ~UUID_VARIANT_BITS) | UUID_VARIANT_RFC;
        return new UUID(high, low);
    }

    private static ByteString randomBytes(RandomGenerator random) {
        byte[] bytes = new byte[StoreRow.TOKEN_KEY_BYTES];
        random.nextBytes(bytes);
        return UnsafeByteOperations.unsafeWrap(bytes);
    }
}
