package dev.proreus.server.endtoend;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.ErrorInfo;
import dev.proreus.v1.Object;
import dev.proreus.v1.WatchRequest;
import dev.proreus.v1.WatchResponse;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code serve} as its operator meets it: how it starts, what it says where it cannot, how it ends. */
class ServeTest {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aRehearsalCallsItselfAndEnds() {
        try (ServerProcess server = new ServerProcess(folder)) {
            assertThat(server.rehearse()).as(server.log()).isEqualTo(DONE);
        }
    }

    @Test
    void anOrderlyStopEndsWatchesAndKeepsEverything() {
        try (ServerProcess server = new ServerProcess(folder)) {
            server.start();
            Api api = new Api(server.channel());
            api.createWorkspace("root:acme");
            api.defineType("robots", "Robot");
            Object robot = api.apply("root:acme", "robots", "r1", Api.struct(Map.of("target", Api.number(7))));
            Iterator<WatchResponse> watch = api.objects()
                    .watch(WatchRequest.newBuilder()
                            .setWorkspace("root:acme")
                            .setType("robots")
                            .build());
            assertThat(watch.next().getEvents(0).getAdded()).isEqualTo(robot);
            assertThat(watch.next().getBookmark().getInitialDone()).isTrue();

            assertThat(server.terminate()).isEqualTo(DONE);

            StatusRuntimeException end = catchThrowableOfType(StatusRuntimeException.class, watch::next);
            assertThat(end.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
            assertThat(reason(end)).isEqualTo("STOPPING");
            assertThat(server.log().lines())
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .contains("serving on " + server.address(), "admin on 127.0.0.1:", "pid ")
                                    .contains(folder.resolve("data").toString()),
                            line -> assertThat(line).endsWith("stopped"));
            server.start();
            assertThat(api.get("root:acme", "robots", "r1")).isEqualTo(robot);
        }
    }

    @Test
    void aFolderInUseIsToldInOneLine() {
        try (ServerProcess server = new ServerProcess(folder)) {
            server.start();

            Outcome second = serve("--data", folder.resolve("data").toString(), "--listen", "127.0.0.1:0");

            assertThat(second.code()).isEqualTo(FAILED);
            assertThat(second.lines()).singleElement().asString().contains("in use", "--data");
        }
    }

    @Test
    void aTakenPortIsToldInOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();

            Outcome outcome = serve("--data", folder.resolve("data").toString(), "--listen", address, "--admin", "off");

            assertThat(outcome.code()).isEqualTo(FAILED);
            assertThat(outcome.lines()).singleElement().asString().contains(address, "another process", "--listen");
        }
    }

    @Test
    void aTakenAdminPortIsToldInOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();

            Outcome outcome =
                    serve("--data", folder.resolve("data").toString(), "--listen", "127.0.0.1:0", "--admin", address);

            assertThat(outcome.code()).isEqualTo(FAILED);
            assertThat(outcome.lines())
                    .singleElement()
                    .asString()
                    .contains(address, "another process", "--admin HOST:PORT", "--admin off");
        }
    }

    @Test
    void aFolderThatCannotBeIsToldInOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "I am no folder");

        Outcome outcome = serve("--data", file.toString(), "--listen", "127.0.0.1:0");

        assertThat(outcome.code()).isEqualTo(FAILED);
        assertThat(outcome.lines()).singleElement().asString().contains(file.toString(), "--data");
    }

    /** A cache of which there is too much would end the process later, under load. */
    @Test
    void aCacheThatTheHeapDoesNotAllowIsRefusedBeforeTheFolderIsMade() {
        Path data = folder.resolve("data");
        for (String option : List.of("--object-cache", "--body-cache")) {
            Outcome outcome = serve(List.of("-Xmx64m"), "--data", data.toString(), option, "65MiB");

            assertThat(outcome.code()).isEqualTo(USAGE);
            assertThat(outcome.lines().get(0)).contains(option, "MiB", "the largest heap", "PROREUS_JAVA_OPTS=-Xmx");
            assertThat(data).doesNotExist();
        }
    }

    @Test
    void aStartThatFailsAsNobodyForesawIsNoSuccess() {
        String withoutSockets = "-Djava.nio.channels.spi.SelectorProvider=no.such.Provider";

        Outcome outcome =
                serve(List.of(withoutSockets), "--data", folder.resolve("data").toString(), "--listen", "127.0.0.1:0");

        assertThat(outcome.code()).isEqualTo(FAILED);
        assertThat(outcome.lines()).anyMatch(line -> line.contains("the start failed"));
    }

    private static String reason(StatusRuntimeException end) {
        com.google.rpc.Status status = StatusProto.fromThrowable(end);
        try {
            return status == null
                    ? ""
                    : status.getDetails(0).unpack(ErrorInfo.class).getReason();
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs {@code serve} where it is expected to end by itself. */
    private Outcome serve(String... arguments) {
        return serve(List.of(), arguments);
    }

    /** Runs {@code serve} so, with options for the virtual machine. */
    private Outcome serve(List<String> options, String... arguments) {
        List<String> command = ServerProcess.java();
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.proreus.server.Main", "serve"));
        command.addAll(List.of(arguments));
        Path log = folder.resolve("outcome.log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(60, SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("serve does not end: " + Files.readString(log));
            }
            return new Outcome(process.exitValue(), Files.readAllLines(log));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private record Outcome(int code, List<String> lines) {}
}
