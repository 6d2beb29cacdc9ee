package dev.proreus.loadtest.process;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A server of the run's own: a child process with an empty store in a folder that goes with it. */
public final class OwnServer implements AutoCloseable {
    private static final long STOP_SECONDS = 10;

    private final Process process;
    private final Path data;
    private final String target;

    private OwnServer(Process process, Path data, String target) {
        this.process = process;
        this.data = data;
        this.target = target;
    }

    /**
     * Starts a server of ours on a free port of loopback.
     *
     * @param launcher the program that knows the verb {@code serve}
     * @param javaOptions more flags for its Java; may be empty
     * @param before what goes before the command, such as what keeps it on a core; may be empty
     * @param err gets what the server says, once it serves
     * @throws IOException where it does not come to serve
     */
    public static OwnServer start(
            String launcher, String javaOptions, List<String> before, Surroundings around, PrintWriter err)
            throws IOException {
        Path data = Files.createTempDirectory("proreus-bench");
        List<String> options = List.of("--data", data.toString(), "--listen", "127.0.0.1:0");
        ProcessBuilder builder = ServingProcess.ours(launcher, javaOptions, before, options);
        return await(builder, ServingProcess.OURS, data, "", around, err);
    }

    /**
     * Starts a program that serves and says so in a line.
     *
     * @param serving finds that line; where no target is given, its first group is one
     * @param data its folder, which goes with it
     * @param target where it serves, or empty where it says so
     * @throws IOException where it ends without such a line
     */
    public static OwnServer await(
            ProcessBuilder builder, Pattern serving, Path data, String target, Surroundings around, PrintWriter err)
            throws IOException {
        ServingProcess serves = ServingProcess.await(builder, serving, around.threads(), line -> passOn(line, err));
        OwnServer server = new OwnServer(
                serves.process(), data, target.isEmpty() ? serves.said().group(1) : target);
        around.atEnd().accept(server::close);
        return server;
    }

    /** Returns where it listens. */
    public String target() {
        return target;
    }

    /** Returns the number of its process. */
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            DataFolder.delete(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void passOn(String line, PrintWriter err) {
        if (line.contains("WARN") || line.contains("ERROR") || line.contains("Exception")) {
            err.println("  server: " + line);
            err.flush();
        }
    }
}
