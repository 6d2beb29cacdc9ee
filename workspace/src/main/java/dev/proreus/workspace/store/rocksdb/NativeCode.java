package dev.proreus.workspace.store.rocksdb;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;

/**
 * A file of native code that comes inside a jar and has to stand in a folder to be loaded. One that stands there from
 * an earlier start is kept where it is byte for byte the jar's, by length and checksum, since to unpack it takes
 * longer.
 */
final class NativeCode {
    private final URL packed;
    private final Path file;

    /**
     * @param packed where the code comes from
     * @param file where it is to stand
     */
    NativeCode(URL packed, Path file) {
        this.packed = packed;
        this.file = file;
    }

    /** Makes sure that the file stands there, whole; where that fails, nothing half is left beside it. */
    void unpack() throws IOException {
        URLConnection connection = packed.openConnection();
        if (connection instanceof JarURLConnection inJar && stands(inJar.getJarEntry())) {
            return;
        }
        Path half = file.resolveSibling(file.getFileName() + ".half");
        try {
            try (InputStream in = connection.getInputStream()) {
                Files.copy(in, half, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            try {
                Files.deleteIfExists(half);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    private boolean stands(JarEntry entry) throws IOException {
        return Files.isRegularFile(file) && Files.size(file) == entry.getSize() && checksum() == entry.getCrc();
    }

    private long checksum() throws IOException {
        CRC32 checksum = new CRC32();
        try (FileChannel bytes = FileChannel.open(file)) {
            checksum.update(bytes.map(FileChannel.MapMode.READ_ONLY, 0, bytes.size()));
        }
        return checksum.getValue();
    }
}
