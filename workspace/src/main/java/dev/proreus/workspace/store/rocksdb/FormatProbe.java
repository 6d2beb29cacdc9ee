package dev.proreus.workspace.store.rocksdb;

import dev.proreus.workspace.store.StoreOpenException;
import dev.proreus.workspace.store.StoreOpenException.Kind;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.StoreFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
 * Reads which format a folder is in without changing a byte of it: opens RocksDB read-only, with as little as needed,
 * and without a log of its own.
 */
final class FormatProbe {
    /** Files held open while probing: only those with the first row are read. */
    private static final int MAX_OPEN_FILES = 16;

    private final DataFolder folder;

    private FormatProbe(DataFolder folder) {
        this.folder = folder;
    }

    /**
     * Checks that a folder with data is one that this version can open.
     *
     * @throws StoreOpenException if it is not
     */
    static void check(DataFolder folder) {
        try (NativeStack natives = new NativeStack()) {
            new FormatProbe(folder).check(natives);
        } catch (RocksDBException e) {
            throw RocksDbErrors.opening(folder.place(), e);
        }
    }

    private void check(NativeStack natives) throws RocksDBException {
        String path = folder.data().toString();
        boolean begun = tables(natives, path).contains(Table.META.label());
        List<ColumnFamilyDescriptor> wanted = new ArrayList<>();
        ColumnFamilyOptions plain = natives.own(new ColumnFamilyOptions());
        wanted.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, plain));
        if (begun) {
            byte[] name = Table.META.label().getBytes(StandardCharsets.US_ASCII);
            wanted.add(new ColumnFamilyDescriptor(name, plain));
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
        if (begun) {
            checkRow(database, handles.get(1));
        }
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

    /** Checks the row about the store; none at all is a first start that was cut short. */
    private void checkRow(RocksDB database, ColumnFamilyHandle meta) throws RocksDBException {
        byte[] row = database.get(meta, Keys.store());
        if (row != null) {
            StoreFormat.check(row, folder.place());
        }
    }
}
