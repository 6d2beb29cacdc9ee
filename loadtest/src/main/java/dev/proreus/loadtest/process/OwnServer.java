package dev.proreus.loadtest.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server of the run's own: a child process with an empty store in a folder that goes with it. */
public final class OwnServer implements AutoCloseable {
    private static final Pattern SERVING = Pattern.compile("serving on ([^ ,]+)");
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
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(launcher, "serve", "--data", data.toString(), "--listen", "127.0.0.1:0"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PROREUS_NO_BUILD", "1");
        builder.environment().put("PROREUS_JAVA_OPTS", javaOptions);
        return await(builder, SERVING, data, "", around, err);
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
        Process process = builder.redirectErrorStream(true).start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher found = serving.matcher(line);
            if (found.find()) {
                around.threads().newThread(() -> passOn(said, err)).start();
                OwnServer server = new OwnServer(process, data, target.isEmpty() ? found.group(1) : target);
                around.atEnd().accept(server::close);
                return server;
            }
            all.append("\n  ").append(line);
        }
        throw new IOException("the server does not come to serve:" + all);
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

    private static void passOn(BufferedReader said, PrintWriter err) {
        try {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.contains("WARN") || line.contains("ERROR") || line.contains("Exception")) {
                    err.println("  server: " + line);
                    err.flush();
                }
            }
        } catch (IOException e) {
            // The process has gone, and with it what it might have said.
            return;
        }
    }
}
