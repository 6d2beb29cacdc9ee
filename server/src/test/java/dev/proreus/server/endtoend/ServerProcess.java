package dev.proreus.server.endtoend;

import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The real server as a child process on one loopback port and one data folder, to be started and killed at will. The
 * port is the one that its first start was given.
 */
final class ServerProcess implements AutoCloseable {
    private static final int START_SECONDS = 60;

    /** The first Java that complains of native code and of sun.misc.Unsafe unless it is told not to. */
    private static final int FIRST_TO_WARN = 24;

    private static final Duration LOOK_EVERY = Duration.ofMillis(10);
    private static final Pattern SERVING = Pattern.compile("serving on ([^,]+), admin on ([^,]+),");

    private final Path data;
    private final Path log;
    private final Map<String, String> environment;
    private String address = "127.0.0.1:0";
    private String admin = "";
    private @Nullable ManagedChannel channel;
    private @Nullable Process process;

    ServerProcess(Path folder) {
        this(folder, Map.of());
    }

    /** Makes a server whose process has more in its environment. */
    ServerProcess(Path folder, Map<String, String> environment) {
        this.data = data(folder);
        this.log = folder.resolve("server.log");
        this.environment = environment;
    }

    /** Returns where a server has its data whose folder this is. */
    static Path data(Path folder) {
        return folder.resolve("data");
    }

    String address() {
        return address;
    }

    /** Returns where operators are answered. */
    String admin() {
        return admin;
    }

    ManagedChannel channel() {
        return Objects.requireNonNull(channel, "the server was never started");
    }

    /** Starts the process and returns once it says SERVING. */
    void start() {
        int before = log().length();
        Process running = launch();
        process = running;
        await().pollDelay(Duration.ZERO)
                .pollInterval(LOOK_EVERY)
                .atMost(START_SECONDS, TimeUnit.SECONDS)
                .until(() -> serves(before) || !running.isAlive());
        if (!serves(before)) {
            throw new AssertionError("the server does not start\n" + log());
        }
        HealthCheckResponse health = HealthGrpc.newBlockingStub(connected())
                .withWaitForReady()
                .withDeadlineAfter(START_SECONDS, TimeUnit.SECONDS)
                .check(HealthCheckRequest.getDefaultInstance());
        if (health.getStatus() != HealthCheckResponse.ServingStatus.SERVING) {
            throw new AssertionError("the server says " + health.getStatus() + "\n" + log());
        }
    }

    /** Returns whether the log says so, after what was there before; takes the addresses from it. */
    private boolean serves(int before) {
        Matcher serving = SERVING.matcher(log().substring(before));
        if (!serving.find()) {
            return false;
        }
        address = serving.group(1);
        admin = serving.group(2);
        return true;
    }

    /** A channel that does not wait to try again, as one does that was refused while nobody listened. */
    private ManagedChannel connected() {
        ManagedChannel open = channel;
        if (open == null) {
            open = NettyChannelBuilder.forTarget(address).usePlaintext().build();
            channel = open;
        }
        open.resetConnectBackoff();
        return open;
    }

    /** Lets the process call itself and end; returns its exit code. */
    int rehearse() {
        Process running = launch("--rehearse");
        process = running;
        return ended(running);
    }

    /** Returns the Java of the tests, with the quick compiler alone and what the launcher gives it as well. */
    static List<String> java() {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        if (Runtime.version().feature() >= FIRST_TO_WARN) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        return command;
    }

    private Process launch(String... more) {
        List<String> command = java();
        command.addAll(List.of(
                "-ea",
                "-XX:+UseSerialGC",
                // So small that garbage is collected from the start.
                "-Xmn8m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.proreus.server.Main",
                "serve",
                "--data",
                data.toString(),
                "--listen",
                address,
                "--admin",
                "127.0.0.1:0"));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the process by SIGKILL, and returns once it is gone. */
    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            ended(running);
        }
    }

    /** Ends the process by SIGTERM, and returns its exit code. */
    int terminate() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("the server is not started");
        }
        running.destroy();
        return ended(running);
    }

    /** Waits for the process to end by itself, and returns its exit code. */
    int awaitEnd() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("the server is not started");
        }
        return ended(running);
    }

    private static int ended(Process running) {
        try {
            if (!running.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the server does not end");
            }
            return running.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    String log() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        if (channel != null) {
            channel.shutdownNow();
        }
    }
}
