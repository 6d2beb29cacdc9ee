package dev.proreus.workspace.store.rocksdb;

import dev.proreus.workspace.store.StoreCorruptException;
import dev.proreus.workspace.store.StoreException;
import dev.proreus.workspace.store.StoreFailedException;
import dev.proreus.workspace.store.StoreOpenException;
import dev.proreus.workspace.store.StoreOpenException.Kind;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What RocksDB's errors mean to the store's callers. */
final class RocksDbErrors {
    private RocksDbErrors() {}

    /** Returns what a failed read means. */
    static StoreException reading(RocksDBException e) {
        if (code(e) == Status.Code.Corruption) {
            return new StoreCorruptException("stored data is damaged: " + text(e), e);
        }
        return new StoreFailedException("stored data cannot be read: " + text(e), e);
    }

    /**
     * Returns what a failure to open means. RocksDB tells most of it by words, between which it names files: what a
     * folder is called says nothing.
     *
     * @param place what the message calls the folder
     * @param data the folder as RocksDB knows it
     */
    static StoreOpenException opening(String place, Path data, RocksDBException e) {
        String text = text(e);
        if (code(e) != Status.Code.IOError) {
            return damaged(place, text, e);
        }
        String said = text.replace(data.toString(), "").toLowerCase(Locale.ROOT);
        if (said.contains("while lock file") || said.contains("lock hold by")) {
            return new StoreOpenException(
                    Kind.LOCKED, place + " is in use by a program that is not Proreus (" + text + "): end it first", e);
        }
        if (said.contains("permission denied") || said.contains("read-only") || said.contains("no space")) {
            return new StoreOpenException(
                    Kind.UNWRITABLE,
                    place + " cannot be written (" + text
                            + "): give this user write access and room, or choose another folder with --data",
                    e);
        }
        if (said.contains("input/output error")) {
            return new StoreOpenException(
                    Kind.UNWRITABLE,
                    place + " is on a disk that fails (" + text
                            + "): mend or replace the disk, then start again; nothing was changed",
                    e);
        }
        return damaged(place, text, e);
    }

    private static StoreOpenException damaged(String place, String text, RocksDBException e) {
        return new StoreOpenException(Kind.CORRUPT, place + " is damaged (" + text + "): restore it from a backup", e);
    }

    static String text(RocksDBException e) {
        Status status = e.getStatus();
        String message = e.getMessage();
        return status == null ? (message == null ? "unknown error" : message) : text(status);
    }

    static String text(Status status) {
        String state = status.getState();
        String code = status.getCodeString();
        return state == null || state.isEmpty() ? code : code + ": " + state;
    }

    private static Status.@Nullable Code code(RocksDBException e) {
        Status status = e.getStatus();
        return status == null ? null : status.getCode();
    }
}
