package dev.proreus.loadtest.process;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The folder of a server's data: on a disk, new, and gone after the run. */
public final class DataFolder {
    private DataFolder() {}

    /**
     * Makes a new folder below a directory.
     *
     * @throws IOException where the directory lies in memory: there, what is not synced survives everything; and where
     *     none can be made
     */
    public static Path in(Path directory) throws IOException {
        try {
            return made(directory);
        } catch (FileSystemException e) {
            throw new IOException(
                    "no folder can be made in " + directory + ": " + why(e)
                            + "; say --data DIR, a directory on a disk that you may write to",
                    e);
        }
    }

    private static Path made(Path directory) throws IOException {
        Files.createDirectories(directory);
        String kind = Files.getFileStore(directory).type();
        if (kind.equals("tmpfs") || kind.equals("ramfs")) {
            throw new IOException(
                    directory + " lies in memory (" + kind + "), where kills show nothing: say --data on a disk");
        }
        return Files.createTempDirectory(directory, "proreus-bench-");
    }

    /** What the system says is often no more than the path. */
    private static String why(FileSystemException fault) {
        if (fault instanceof FileAlreadyExistsException) {
            return fault.getFile() + " is no directory";
        }
        if (fault instanceof AccessDeniedException) {
            return fault.getFile() + " may not be written to";
        }
        return fault.getReason() == null ? String.valueOf(fault.getMessage()) : fault.getReason();
    }

    /** Returns how many bytes the files have whose names end so, while others may make and delete files. */
    public static long bytes(Path folder, String ending) throws IOException {
        AtomicLong bytes = new AtomicLong();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes.addAndGet(file.toString().endsWith(ending) ? attributes.size() : 0);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
                if (why instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw why;
            }
        });
        return bytes.get();
    }

    /** Deletes a folder with all that is in it, unless that was done before. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
