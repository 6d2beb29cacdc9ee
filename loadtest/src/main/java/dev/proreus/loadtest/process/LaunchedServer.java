package dev.proreus.loadtest.process;

import dev.proreus.guarantees.crash.KillableServer;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The launcher's {@code serve} as a child process on one data folder, each time on a free port. */
public final class LaunchedServer implements KillableServer {
    private static final Pattern SERVING = Pattern.compile("serving on ([^ ,]+)");
    private static final long GONE_SECONDS = 30;

    /** How long history is held: scenarios read back all that they wrote, however long they take. */
    private static final String HISTORY_AGE = "24h";

    /** Flags for the Java of a server that lives for a second, and so must start fast. */
    public static final String SHORT_LIVED = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    private final String launcher;
    private final String javaOptions;
    private final Path data;
    private final ThreadFactory threads;
    private final PrintWriter err;
    private final Map<String, String> environment;
    private final List<ManagedChannel> channels = new ArrayList<>();
    private @Nullable Process process;
    private String target = "";

    /**
     * Makes a server that is not started.
     *
     * @param launcher the program that knows the verb {@code serve}
     * @param javaOptions more flags for its Java; may be empty
     * @param err gets what the server says, once it serves
     */
    public LaunchedServer(String launcher, String javaOptions, Path data, ThreadFactory threads, PrintWriter err) {
        this(launcher, javaOptions, data, threads, err, Map.of());
    }

    /**
     * Makes a server that is not started.
     *
     * @param environment what its process has in its environment beside the rest
     */
    public LaunchedServer(
            String launcher,
            String javaOptions,
            Path data,
            ThreadFactory threads,
            PrintWriter err,
            Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        this.launcher = launcher;
        this.javaOptions = javaOptions;
        this.data = data;
        this.threads = threads;
        this.err = err;
    }

    @Override
    public synchronized Channel start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                launcher, "serve", "--data", data.toString(), "--listen", "127.0.0.1:0", "--history-age", HISTORY_AGE);
        builder.environment().putAll(environment);
        builder.environment().put("PROREUS_NO_BUILD", "1");
        builder.environment().put("PROREUS_JAVA_OPTS", javaOptions);
        Process started = builder.redirectErrorStream(true).start();
        process = started;
        BufferedReader said =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher serving = SERVING.matcher(line);
            if (serving.find()) {
                threads.newThread(() -> passOn(said)).start();
                target = serving.group(1);
                return connect();
            }
            all.append("\n  ").append(line);
        }
        throw new IOException("the server does not come to serve:" + all);
    }

    /** Returns a connection more to the server, which has been started; it ends with the server. */
    public synchronized Channel connect() {
        ManagedChannel opened = Grpc.newChannelBuilder(target, InsecureChannelCredentials.create())
                .build();
        channels.add(opened);
        return opened;
    }

    /** Returns the process of the server, which has been started. */
    public synchronized long pid() {
        if (process == null) {
            throw new IllegalStateException("the server was not started");
        }
        return process.pid();
    }

    @Override
    public synchronized void kill() {
        end(Process::destroyForcibly);
    }

    /** Stops it in good order and waits for it. */
    public synchronized void stop() {
        end(Process::destroy);
    }

    private void end(Consumer<Process> end) {
        Process running = process;
        if (running != null) {
            end.accept(running);
            awaitGone(running);
        }
        channels.forEach(ManagedChannel::shutdownNow);
        channels.clear();
    }

    private static void awaitGone(Process running) {
        try {
            if (!running.waitFor(GONE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void passOn(BufferedReader said) {
        try {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                err.println("  server: " + line);
                err.flush();
            }
        } catch (IOException e) {
            // The process has gone, and with it what it might have said.
            return;
        }
    }
}
