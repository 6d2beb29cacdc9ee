package dev.proreus.loadtest.process;

import dev.proreus.guarantees.crash.KillableServer;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The launcher's {@code serve} as a child process on one data folder, started and ended again and again. */
public final class LaunchedServer implements KillableServer {
    private static final String ANY_PORT = "127.0.0.1:0";
    private static final long GONE_SECONDS = 30;

    private final String launcher;
    private final Launch launch;
    private final Path data;
    private final ThreadFactory threads;
    private final PrintWriter err;
    private final List<ManagedChannel> channels = new ArrayList<>();
    private @Nullable Process process;
    private String target = "";
    private String admin = "";
    private Map<String, String> environment = Map.of();
    private volatile Consumer<String> listener = line -> {};

    /**
     * Makes a server that is not started.
     *
     * @param launcher the program that knows the verb {@code serve}
     * @param err gets what the server says, once it serves
     */
    LaunchedServer(String launcher, Launch launch, Path data, ThreadFactory threads, PrintWriter err) {
        this.launcher = launcher;
        this.launch = launch;
        this.data = data;
        this.threads = threads;
        this.err = err;
    }

    /** Lets somebody have each line that the server says once it serves, beside those who read the standard error. */
    public void listen(Consumer<String> to) {
        listener = to;
    }

    /** Says what its process has in its environment beside the rest, from the next start on. */
    public synchronized void environment(Map<String, String> more) {
        environment = Map.copyOf(more);
    }

    @Override
    public synchronized Channel start() throws IOException {
        String listen = launch.onOnePort() && !target.isEmpty() ? target : ANY_PORT;
        List<String> options = new ArrayList<>(launch.options());
        options.addAll(List.of("--data=" + data, "--listen=" + listen, "--admin=" + ANY_PORT));
        ProcessBuilder builder = ServingProcess.ours(launcher, launch.javaOptions(), List.of(), options);
        builder.environment().putAll(environment);
        ServingProcess serves = ServingProcess.await(builder, ServingProcess.OURS, threads, this::passOn);
        process = serves.process();
        target = serves.said().group(1);
        admin = serves.said().group(2);
        return connect();
    }

    /** Returns a connection more to the server, which has been started; it ends with the server. */
    public synchronized Channel connect() {
        ManagedChannel opened = Grpc.newChannelBuilder(target, InsecureChannelCredentials.create())
                .build();
        channels.add(opened);
        return opened;
    }

    /** Returns where the server, which has been started, listens. */
    public synchronized String target() {
        return target;
    }

    /** Returns the admin port of the server, which has been started. */
    public synchronized AdminPort admin() {
        return new AdminPort(admin);
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

    private void passOn(String line) {
        err.println("  server: " + line);
        err.flush();
        listener.accept(line);
    }
}
