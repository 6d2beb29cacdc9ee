package dev.proreus.loadtest.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What Linux tells of a process.
 *
 * @param residentBytes bytes of it that are in memory
 * @param threads its threads
 * @param descriptors its open files and sockets
 */
public record ProcessStatus(long residentBytes, int threads, int descriptors) {
    private static final Pattern RESIDENT = Pattern.compile("^VmRSS:\\s+(\\d+) kB", Pattern.MULTILINE);
    private static final Pattern THREADS = Pattern.compile("^Threads:\\s+(\\d+)", Pattern.MULTILINE);
    private static final long KIB = 1024;

    /**
     * Looks at a process.
     *
     * @throws IOException where there is no such process, or the system does not tell
     */
    public static ProcessStatus of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        String status = Files.readString(process.resolve("status"));
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            return new ProcessStatus(
                    find(RESIDENT, status) * KIB, (int) find(THREADS, status), Math.toIntExact(open.count()));
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
