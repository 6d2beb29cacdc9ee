package dev.proreus.loadtest.fanout;

import dev.proreus.v1.ListWorkspacesRequest;
import dev.proreus.v1.WorkspaceServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server of the run's own, a child process over a temporary folder that goes with it. */
final class OwnServer implements AutoCloseable {
    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 15;

    private final Path folder;
    private final Process process;
    private final String address;

    private OwnServer(Path folder, Process process, String address) {
        this.folder = folder;
        this.process = process;
        this.address = address;
    }

    /** Starts a server through the launcher, and returns once it answers. */
    static OwnServer start(Path launcher) {
        try {
            Path folder = Files.createTempDirectory("proreus-bench");
            String address = "127.0.0.1:" + freePort();
            ProcessBuilder builder = new ProcessBuilder(
                    launcher.toString(),
                    "serve",
                    "--data",
                    folder.resolve("data").toString(),
                    "--listen",
                    address);
            builder.environment().put("PROREUS_NO_BUILD", "1");
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            OwnServer server = new OwnServer(folder, process, address);
            server.awaitAnswer();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return address;
    }

    private void awaitAnswer() {
        ManagedChannel channel = Grpc.newChannelBuilder(address, InsecureChannelCredentials.create())
                .build();
        try {
            WorkspaceServiceGrpc.newBlockingStub(channel)
                    .withWaitForReady()
                    .withDeadlineAfter(START_SECONDS, TimeUnit.SECONDS)
                    .listWorkspaces(ListWorkspacesRequest.getDefaultInstance());
        } finally {
            channel.shutdownNow();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                List<Path> deepestFirst =
                        files.sorted(Comparator.reverseOrder()).toList();
                for (Path each : deepestFirst) {
                    Files.deleteIfExists(each);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
