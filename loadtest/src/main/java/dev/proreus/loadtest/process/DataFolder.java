package dev.proreus.loadtest.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The folder of a server's data: on a disk, new, and gone after the run. */
public final class DataFolder {
    private DataFolder() {}

    /**
     * Makes a new folder below a directory.
     *
     * @throws IOException where the directory lies in memory: there, what is not synced survives everything
     */
    public static Path in(Path directory) throws IOException {
        Files.createDirectories(directory);
        String kind = Files.getFileStore(directory).type();
        if (kind.equals("tmpfs") || kind.equals("ramfs")) {
            throw new IOException(
                    directory + " lies in memory (" + kind + "), where kills show nothing: say --data on a disk");
        }
        return Files.createTempDirectory(directory, "proreus-bench-");
    }

    /** Deletes a folder with all that is in it. */
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
