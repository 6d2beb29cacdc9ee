package dev.proreus.workspace.store.rocksdb;

import dev.proreus.workspace.store.StoreCorruptException;
import dev.proreus.workspace.store.StoreOpenException;
import dev.proreus.workspace.store.StoreOpenException.Kind;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.AppliedRow;
import dev.proreus.workspace.store.rows.StoreFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.util.StdErrLogger;

/**
 * Reads which format a folder is in, how far its store has come and whether its files are all there, without changing a
 * byte of it: opens RocksDB read-only, with as little as needed, and without a log of its own.
 */
final class FormatProbe {
    /** Files held open while probing: only those with the first row are read. */
    private static final int MAX_OPEN_FILES = 16;

    private final DataFolder folder;

    private FormatProbe(DataFolder folder) {
        this.folder = folder;
    }

    /**
     * Checks that a folder is one that this version can open.
     *
     * @return what it holds; null where nothing was ever put into it
     * @throws StoreOpenException if it is not
     */
    static @Nullable Probed check(DataFolder folder) {
        if (folder.isUntouched()) {
            return null;
        }
        if (!folder.hasData()) {
            return new Probed(false, null);
        }
        try (NativeStack natives = new NativeStack()) {
            return new FormatProbe(folder).check(natives);
        } catch (RocksDBException e) {
            throw RocksDbErrors.opening(folder.place(), folder.data(), e);
        }
    }

    private Probed check(NativeStack natives) throws RocksDBException {
        String path = folder.data().toString();
        List<String> there = tables(natives, path);
        List<ColumnFamilyDescriptor> wanted = new ArrayList<>();
        ColumnFamilyOptions plain = natives.own(new ColumnFamilyOptions());
        wanted.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, plain));
        int meta = 0;
        for (Table table : Table.values()) {
            if (there.contains(table.label())) {
                meta = table == Table.META ? wanted.size() : meta;
                wanted.add(new ColumnFamilyDescriptor(table.label().getBytes(StandardCharsets.US_ASCII), plain));
            }
        }
        StdErrLogger silent = natives.own(new StdErrLogger(InfoLogLevel.FATAL_LEVEL));
        DBOptions options = natives.own(new DBOptions())
                .setLogger(silent)
                .setMaxOpenFiles(MAX_OPEN_FILES)
                .setParanoidChecks(true);
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        RocksDB database = natives.own(RocksDB.openReadOnly(options, path, wanted, handles));
        handles.forEach(natives::own);
        requireEmpty(database, handles.get(0));
        return meta == 0 ? new Probed(false, null) : probe(database, handles.get(meta));
    }

    private static List<String> tables(NativeStack natives, String path) throws RocksDBException {
        return RocksDB.listColumnFamilies(natives.own(new Options()), path).stream()
                .map(name -> new String(name, StandardCharsets.UTF_8))
                .toList();
    }

    /** Proreus keeps nothing in RocksDB's default column family. */
    private void requireEmpty(RocksDB database, ColumnFamilyHandle standard) throws RocksDBException {
        try (RocksIterator first = database.newIterator(standard)) {
            first.seekToFirst();
            first.status();
            if (first.isValid()) {
                throw new StoreOpenException(
                        Kind.NOT_A_STORE,
                        folder.place() + " holds a RocksDB database of another program:"
                                + " choose another folder with --data");
            }
        }
    }

    /** Looks at the row about the store; none at all is a first start that was cut short. */
    private Probed probe(RocksDB database, ColumnFamilyHandle meta) throws RocksDBException {
        byte[] row = database.get(meta, Keys.store());
        if (row != null) {
            StoreFormat.check(row, folder.place());
        }
        return new Probed(row != null, applied(database, meta, folder.place()));
    }

    /** Returns how far a store has come; null where nothing was committed yet. */
    static @Nullable AppliedRow applied(RocksDB database, ColumnFamilyHandle meta, String place)
            throws RocksDBException {
        byte[] row = database.get(meta, HighWater.APPLIED);
        try {
            return row == null ? null : AppliedRow.decode(row);
        } catch (StoreCorruptException e) {
            throw new StoreOpenException(
                    Kind.CORRUPT, place + " is damaged (" + e.getMessage() + "): restore it from a backup", e);
        }
    }
}
