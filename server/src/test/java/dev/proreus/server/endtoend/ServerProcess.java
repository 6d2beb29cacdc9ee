package dev.proreus.server.endtoend;

import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The real server as a child process on one loopback port and one data folder, to be started and killed at will. */
final class ServerProcess implements AutoCloseable {
    private static final int START_SECONDS = 60;
    private static final Pattern ADMIN = Pattern.compile("admin on ([^,]+),");

    private final Path data;
    private final Path log;
    private final int port;
    private final ManagedChannel channel;
    private @Nullable Process process;

    ServerProcess(Path folder) {
        data = folder.resolve("data");
        log = folder.resolve("server.log");
        port = freePort();
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Returns where operators are answered. */
    String admin() {
        Matcher found = ADMIN.matcher(log());
        String last = "";
        while (found.find()) {
            last = found.group(1);
        }
        return last;
    }

    ManagedChannel channel() {
        return channel;
    }

    /** Starts the process and returns once it says SERVING. */
    void start() {
        process = launch();
        HealthCheckResponse health = HealthGrpc.newBlockingStub(channel)
                .withWaitForReady()
                .withDeadlineAfter(START_SECONDS, TimeUnit.SECONDS)
                .check(HealthCheckRequest.getDefaultInstance());
        if (health.getStatus() != HealthCheckResponse.ServingStatus.SERVING) {
            throw new AssertionError("the server says " + health.getStatus() + "\n" + log());
        }
    }

    /** Lets the process call itself and end; returns its exit code. */
    int rehearse() {
        Process running = launch("--rehearse");
        process = running;
        return await(running);
    }

    private Process launch(String... more) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(
                java,
                "-ea",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // So small that garbage is collected from the start.
                "-Xmn8m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.proreus.server.Main",
                "serve",
                "--data",
                data.toString(),
                "--listen",
                address(),
                "--admin",
                "127.0.0.1:0"));
        command.addAll(List.of(more));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the process by SIGKILL, and returns once it is gone. */
    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            await(running);
        }
    }

    /** Ends the process by SIGTERM, and returns its exit code. */
    int terminate() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("the server is not started");
        }
        running.destroy();
        return await(running);
    }

    private static int await(Process running) {
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
        channel.shutdownNow();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
