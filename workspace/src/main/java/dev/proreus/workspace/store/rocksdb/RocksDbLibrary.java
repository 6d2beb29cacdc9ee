package dev.proreus.workspace.store.rocksdb;

import dev.proreus.workspace.store.StoreOpenException;
import dev.proreus.workspace.store.StoreOpenException.Kind;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.Env;
import org.rocksdb.Priority;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads RocksDB's native code, and sets what is one for the whole process, once.
 *
 * <p>Left to itself, RocksDB unpacks 16 MB under a new name in the system's folder for temporary files at each start,
 * and leaves it there when the process is killed. Here it is unpacked under one name into a folder that is private to
 * the store, where the next start finds it again. Where the operator set {@value #FOLDER_VARIABLE}, RocksDB follows
 * that.
 */
final class RocksDbLibrary {
    /** RocksDB's own variable: the folder to unpack into, for those whose data folder may not hold executable code. */
    static final String FOLDER_VARIABLE = "ROCKSDB_SHAREDLIB_DIR";

    /** What RocksDB calls its library where it packs it, and where it looks for it in a folder. */
    private static final String PACKED = "rocksdb";

    private static final String LOOKED_FOR = "rocksdbjni";

    private static final Logger LOG = LoggerFactory.getLogger(RocksDbLibrary.class);

    private static boolean loaded;

    private RocksDbLibrary() {}

    /** Loads the code, unpacked into a folder, which is made; does nothing where it was loaded before. */
    static synchronized void load(Path folder) {
        if (loaded) {
            return;
        }
        try {
            if (System.getenv(FOLDER_VARIABLE) == null) {
                Files.createDirectories(folder);
                new NativeCode(packed(), folder.resolve(Environment.getJniLibraryFileName(LOOKED_FOR))).unpack();
                RocksDB.loadLibrary(List.of(folder.toString()));
            } else {
                RocksDB.loadLibrary();
            }
        } catch (IOException | UnsatisfiedLinkError | RuntimeException e) {
            throw new StoreOpenException(
                    Kind.UNWRITABLE,
                    "RocksDB's native code cannot be loaded from " + folder + " (" + e.getMessage()
                            + "): name a folder that can be written and may hold executable code in "
                            + FOLDER_VARIABLE,
                    e);
        }
        // Compactions, which all stores of the process share threads for, take what nobody else wants of the
        // processors.
        Env.getDefault().lowerThreadPoolCPUPriority(Priority.LOW);
        loaded = true;
    }

    /** Loads the code from a folder of its own, which is gone again afterwards. */
    static synchronized void loadFromElsewhere() {
        if (loaded) {
            return;
        }
        Path folder;
        try {
            folder = Files.createTempDirectory("proreus-native");
        } catch (IOException e) {
            throw new StoreOpenException(
                    Kind.UNWRITABLE, "no folder for RocksDB's native code can be made: " + e.getMessage(), e);
        }
        try {
            load(folder);
        } finally {
            remove(folder);
        }
    }

    /** Removes a folder of native code; one that stays is no reason to fail, and hides none. */
    private static void remove(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(Environment.getJniLibraryFileName(LOOKED_FOR)));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            LOG.warn("{}, which held RocksDB's native code, cannot be removed", folder, e);
        }
    }

    private static URL packed() throws IOException {
        String name = Environment.getJniLibraryFileName(PACKED);
        URL packed = RocksDB.class.getResource("/" + name);
        if (packed == null) {
            throw new IOException("there is no " + name + ", which this kind of machine needs");
        }
        return packed;
    }
}
