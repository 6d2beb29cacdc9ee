package dev.proreus.loadtest.process;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * A sampling profiler (async-profiler) inside another Java process, by the JVM's attach mechanism. It samples CPU time,
 * native code included, and writes stacks in collapsed form, or a flame graph where the file's name ends in
 * {@code .html}.
 */
public final class Profiler {
    private static final String INTERVAL = "1ms";

    private Profiler() {}

    /**
     * Starts to sample a process.
     *
     * @throws IOException where it cannot be attached to
     */
    public static void start(long pid) throws IOException {
        command(pid, "start,event=cpu,threads,interval=" + INTERVAL);
    }

    /** Ends, and writes the profile. */
    public static void stop(long pid, Path file) throws IOException {
        String format = file.toString().endsWith(".html") ? "flamegraph" : "collapsed";
        command(pid, "stop," + format + ",file=" + file.toAbsolutePath());
    }

    private static void command(long pid, String options) throws IOException {
        try {
            VirtualMachine process = VirtualMachine.attach(Long.toString(pid));
            try {
                process.loadAgentPath(Library.FILE.toString(), options);
            } finally {
                process.detach();
            }
        } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
            throw new IOException("the profiler does not come into process " + pid + ": " + e.getMessage(), e);
        }
    }

    /** The profiler's native part, taken out of its jar once in a process. */
    private static final class Library {
        static final Path FILE = unpack();

        private static Path unpack() {
            String name = platform() + "/libasyncProfiler.so";
            try (InputStream library = Profiler.class.getClassLoader().getResourceAsStream(name)) {
                if (library == null) {
                    throw new IllegalStateException("the profiler has no part for this system: " + name);
                }
                Path file = Files.createTempFile("proreus-profiler", ".so");
                file.toFile().deleteOnExit();
                Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
                return file;
            } catch (IOException e) {
                throw new IllegalStateException("the profiler cannot be unpacked", e);
            }
        }

        private static String platform() {
            if (System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac")) {
                return "macos";
            }
            return System.getProperty("os.arch").equals("aarch64") ? "linux-arm64" : "linux-x64";
        }
    }
}
