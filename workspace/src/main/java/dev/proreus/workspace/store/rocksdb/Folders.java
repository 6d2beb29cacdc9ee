package dev.proreus.workspace.store.rocksdb;

import dev.proreus.workspace.store.StoreOpenException;
import dev.proreus.workspace.store.StoreOpenException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Folders of the file system: their durability, and what whoever starts a server is told where one is refused. */
final class Folders {
    static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private Folders() {}

    /** Makes the entries of a folder durable; systems without POSIX cannot and need not. */
    static void sync(Path folder) throws IOException {
        if (POSIX) {
            try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
                entries.force(true);
            }
        }
    }

    /** Returns what to throw where it cannot be written. */
    static StoreOpenException unwritable(Path folder, IOException e) {
        return new StoreOpenException(
                Kind.UNWRITABLE,
                "data folder " + folder + " cannot be written (" + why(e)
                        + "): give this user write access, or choose another with --data",
                e);
    }

    /** Returns what to throw where it cannot be read. */
    static StoreOpenException unreadable(Path folder, IOException e) {
        return new StoreOpenException(
                Kind.UNWRITABLE,
                "data folder " + folder + " cannot be read (" + why(e) + "): give this user read access",
                e);
    }

    private static String why(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = e instanceof FileSystemException of ? of.getReason() : null;
        return reason == null ? e.getClass().getSimpleName() + ": " + e.getMessage() : reason;
    }
}
