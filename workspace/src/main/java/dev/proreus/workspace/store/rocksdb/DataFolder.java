package dev.proreus.workspace.store.rocksdb;

import dev.proreus.workspace.store.StoreOpenException;
import dev.proreus.workspace.store.StoreOpenException.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder of one store, locked for this process.
 *
 * <pre>{@code
 * LOCK.proreus        who uses it
 * HIGHWATER.proreus   up to where it is known to be durable
 * rocksdb/            the data, RocksDB's own
 * native/             RocksDB's native code, unpacked at each start
 * }</pre>
 *
 * <p>A folder that holds anything else and no store is refused, so that a mistyped path never gets mixed with
 * somebody's files. Made folders are readable by their owner only, since the store holds the key of its tokens.
 */
final class DataFolder implements AutoCloseable {
    private static final String DATA = "rocksdb";
    private static final String NATIVE = "native";

    /** What may stand in a folder without a store: our own, and what file systems put into the root of a volume. */
    private static final Set<String> HARMLESS =
            Set.of(FolderLock.FILE, HighWater.FILE, HighWater.HALF, NATIVE, DATA, "lost+found");

    /** RocksDB's pointer to its current manifest: without it there is no database. */
    private static final String CURRENT = "CURRENT";

    private final Path folder;
    private final FolderLock lock;

    private DataFolder(Path folder, FolderLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Makes the folder where it is missing, looks at what is in it, and locks it.
     *
     * @throws StoreOpenException if that cannot be done or another uses it
     */
    static DataFolder lock(Path given) {
        Path folder = given.toAbsolutePath().normalize();
        try {
            make(folder);
            Path real = folder.toRealPath();
            requireStoreOrNothing(real);
            if (!Files.isWritable(real)) {
                // Where the files in it can be written all the same, the next one could not be made.
                throw new AccessDeniedException(real.toString());
            }
            return new DataFolder(real, FolderLock.take(real));
        } catch (IOException e) {
            throw Folders.unwritable(folder, e);
        }
    }

    /**
     * Looks at what is in a folder and locks it against those who write, without changing a byte of it.
     *
     * @throws StoreOpenException if there is no store in it or another uses it
     */
    static DataFolder inspect(Path given) {
        Path folder = given.toAbsolutePath().normalize();
        if (!Files.exists(folder)) {
            throw new StoreOpenException(
                    Kind.NOT_A_STORE, "folder " + folder + " does not exist: name the folder of a store with --data");
        }
        requireFolder(folder);
        try {
            Path real = folder.toRealPath();
            requireStoreOrNothing(real);
            return new DataFolder(real, FolderLock.share(real));
        } catch (IOException e) {
            throw Folders.unreadable(folder, e);
        }
    }

    /** Returns what messages call the folder. */
    String place() {
        return "data folder " + folder;
    }

    Path data() {
        return folder.resolve(DATA);
    }

    Path nativeCode() {
        return folder.resolve(NATIVE);
    }

    /** Returns whether nothing was ever put where the data lie. */
    boolean isUntouched() {
        return names(data()).isEmpty();
    }

    /**
     * Returns whether there is a database. A manifest alone is none yet: a first start makes it before the pointer to
     * it, and what a store holds lies in other files.
     *
     * @throws StoreOpenException if there are parts of one without its beginning, which RocksDB would delete
     */
    boolean hasData() {
        Set<String> names = names(data());
        if (names.contains(CURRENT)) {
            return true;
        }
        boolean parts = names.stream().anyMatch(name -> name.endsWith(".sst") || name.endsWith(".log"));
        if (parts) {
            throw new StoreOpenException(
                    Kind.CORRUPT,
                    place() + " is damaged (" + DATA + "/" + CURRENT + " is missing): restore it from a backup");
        }
        return false;
    }

    /** Returns up to where the store is known to be durable. */
    HighWater highWater() {
        return new HighWater(folder, place());
    }

    /** Says in the lock who uses the folder. */
    void sign() {
        lock.sign();
    }

    /** Makes the folder of the data where there is none. */
    void makeData() {
        try {
            if (!Files.isDirectory(data())) {
                Files.createDirectory(data(), ownerOnly());
                Folders.sync(folder);
            }
        } catch (IOException e) {
            throw Folders.unwritable(folder, e);
        }
    }

    @Override
    public void close() {
        lock.close();
    }

    /** Makes a folder and those above it, each durable before it is used. */
    private static void make(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        requireFolder(folder);
        Path parent = folder.getParent();
        if (parent == null) {
            throw new IOException("the root of the file system is missing");
        }
        make(parent);
        Files.createDirectory(folder, ownerOnly());
        Folders.sync(parent);
    }

    private static FileAttribute<?>[] ownerOnly() {
        return Folders.POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    private static void requireFolder(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new StoreOpenException(
                    Kind.NOT_A_STORE, folder + " is a file and not a folder: choose a folder with --data");
        }
    }

    private static void requireStoreOrNothing(Path folder) {
        Set<String> names = names(folder);
        if (!names.contains(DATA) && !HARMLESS.containsAll(names)) {
            throw new StoreOpenException(
                    Kind.NOT_A_STORE,
                    "folder " + folder + " holds other files and no Proreus store: choose an empty one with --data");
        }
    }

    private static Set<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).collect(Collectors.toSet());
        } catch (IOException e) {
            throw Folders.unreadable(folder, e);
        }
    }
}
