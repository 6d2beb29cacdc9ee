package dev.proreus.loadtest.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory of another Java process on this machine, as its own JVM tells by {@code jcmd}. To tell of direct memory it
 * must have been started with {@link #JAVA_OPTIONS}.
 *
 * @param heapBytes bytes of live objects, after a full collection
 * @param directBytes bytes that Java code took outside the heap, such as network buffers; a native library's own are
 *     not among them
 */
public record ServerMemory(long heapBytes, long directBytes) {
    /** What makes the JVM keep count of memory outside the heap. */
    public static final String JAVA_OPTIONS = "-XX:NativeMemoryTracking=summary";

    private static final Pattern LIVE = Pattern.compile("^Total\\s+\\d+\\s+(\\d+)", Pattern.MULTILINE);
    private static final Pattern OTHER = Pattern.compile("Other \\(reserved=\\d+KB, committed=(\\d+)KB");
    private static final long KIB = 1024;

    /**
     * Looks at a process, which stops for a full collection meanwhile.
     *
     * @throws IOException where it does not tell
     */
    public static ServerMemory of(long pid) throws IOException, InterruptedException {
        long heap = heapBytes(pid);
        long direct = find(OTHER, jcmd(pid, "VM.native_memory", "summary"));
        return new ServerMemory(heap, direct * KIB);
    }

    /**
     * Returns the bytes of a process's live objects, after a full collection, with whatever options it was started.
     *
     * @throws IOException where it does not tell
     */
    public static long heapBytes(long pid) throws IOException, InterruptedException {
        return find(LIVE, jcmd(pid, "GC.class_histogram"));
    }

    /** Returns both together. */
    public long bytes() {
        return heapBytes + directBytes;
    }

    private static String jcmd(long pid, String... command) throws IOException, InterruptedException {
        String[] all = new String[command.length + 2];
        all[0] = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        all[1] = Long.toString(pid);
        System.arraycopy(command, 0, all, 2, command.length);
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd does not tell of process " + pid + ": " + said);
        }
        return said;
    }

    private static long find(Pattern pattern, String said) throws IOException {
        Matcher matcher = pattern.matcher(said);
        if (!matcher.find()) {
            throw new IOException("jcmd does not tell " + pattern.pattern() + ": " + said);
        }
        return Long.parseLong(matcher.group(1));
    }
}
