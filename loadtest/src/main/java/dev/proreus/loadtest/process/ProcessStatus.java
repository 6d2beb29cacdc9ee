package dev.proreus.loadtest.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Linux tells of a process.
 *
 * @param residentBytes bytes of it that are in memory
 * @param threads its threads
 * @param descriptors its open files and sockets, without the files of one folder
 */
public record ProcessStatus(long residentBytes, int threads, int descriptors) {
    private static final Pattern RESIDENT = Pattern.compile("^VmRSS:\\s+(\\d+) kB", Pattern.MULTILINE);
    private static final Pattern THREADS = Pattern.compile("^Threads:\\s+(\\d+)", Pattern.MULTILINE);
    private static final long KIB = 1024;

    /**
     * Looks at a process.
     *
     * @param without the folder whose files are left out
     * @throws IOException where there is no such process, or the system does not tell
     */
    public static ProcessStatus of(long pid, Path without) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        String status = Files.readString(process.resolve("status"));
        return new ProcessStatus(
                find(RESIDENT, status) * KIB,
                (int) find(THREADS, status),
                descriptors(process.resolve("fd"), without.toAbsolutePath().normalize()));
    }

    private static int descriptors(Path folder, Path without) throws IOException {
        int count = 0;
        try (DirectoryStream<Path> open = Files.newDirectoryStream(folder)) {
            for (Path each : open) {
                if (!target(each).startsWith(without)) {
                    count++;
                }
            }
        }
        return count;
    }

    /** What was closed meanwhile was open when the folder was read, and counts. */
    private static Path target(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (NoSuchFileException e) {
            return descriptor;
        }
    }

    private static long find(Pattern pattern, String status) throws IOException {
        Matcher matcher = pattern.matcher(status);
        if (!matcher.find()) {
            throw new IOException("the system does not tell " + pattern.pattern() + " of a process");
        }
        return Long.parseLong(matcher.group(1));
    }
}
