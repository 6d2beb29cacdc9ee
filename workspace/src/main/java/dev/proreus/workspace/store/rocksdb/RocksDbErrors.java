package dev.proreus.workspace.store.rocksdb;

import dev.proreus.workspace.store.StoreCorruptException;
import dev.proreus.workspace.store.StoreException;
import dev.proreus.workspace.store.StoreFailedException;
import dev.proreus.workspace.store.StoreOpenException;
import dev.proreus.workspace.store.StoreOpenException.Kind;
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

    /** Returns what a failure to open means; {@code place} is what the message calls the folder. */
    static StoreOpenException opening(String place, RocksDBException e) {
        String text = text(e);
        String lower = text.toLowerCase(Locale.ROOT);
        boolean locked = lower.contains("while lock file") || lower.contains("lock hold by");
        if (code(e) == Status.Code.IOError && locked) {
            return new StoreOpenException(
                    Kind.LOCKED, place + " is in use by a program that is not Proreus (" + text + "): end it first", e);
        }
        if (lower.contains("permission denied") || lower.contains("read-only") || lower.contains("no space")) {
            return new StoreOpenException(
                    Kind.UNWRITABLE,
                    place + " cannot be written (" + text
                            + "): give this user write access and room, or choose another folder with --data",
                    e);
        }
        if (lower.contains("input/output error")) {
            return new StoreOpenException(
                    Kind.UNWRITABLE,
                    place + " is on a disk that fails (" + text
                            + "): mend or replace the disk, then start again; nothing was changed",
                    e);
        }
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
