package dev.proreus.cli;

import static dev.proreus.cli.testing.RobotBuilder.robot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.cli.testing.RecordedTerminal;
import dev.proreus.cli.testing.RobotBuilder;
import dev.proreus.cli.testing.ScriptedServer;
import dev.proreus.v1.Derived;
import dev.proreus.v1.Driver;
import dev.proreus.v1.Health;
import dev.proreus.v1.Object;
import dev.proreus.v1.WatchRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchingTest {
    private final CommandRunner runner = new CommandRunner();
    private Object first = robot("robot-1").build();

    @BeforeEach
    void begin() {
        runner.server.start();
        runner.server.workspace("root:acme");
        runner.server.derive(Derived.newBuilder()
                .setHealth(Health.HEALTH_PROGRESSING)
                .setDriver(Driver.newBuilder().setAgent("fleet").setConnected(true))
                .build());
        first = runner.server.put("root:acme", robot("robot-1").target(42).build());
    }

    @AfterEach
    void end() {
        runner.close();
    }

    @Test
    void changesAreLinesWhereTheOutputIsNoTerminal() throws InterruptedException {
        int code = watching(RecordedTerminal.pipe(), () -> {
            runner.server.put(
                    "root:acme",
                    RobotBuilder.from(first)
                            .position(42)
                            .condition("Ready", "True", 1)
                            .build());
            runner.server.delete("root:acme", "robot-1");
        });

        assertThat(code).isEqualTo(3);
        assertThat(runner.out().replaceAll("[0-9:]{8}", "hh:mm:ss")).isEqualTo("""
                        TIME      CHANGE    NAME     TARGET  POSITION  GENERATION  READY  HEALTH       AGENT  AGE
                        hh:mm:ss  added     robot-1  42      -         1/-         -      Progressing  fleet  56y
                        hh:mm:ss  modified  robot-1  42      42        1/1         True   Healthy      fleet  56y
                        hh:mm:ss  deleted   robot-1  42      42        1/1         True   Healthy      fleet  56y
                        """);
        assertThat(runner.err()).contains("error: root:acme was deleted");
    }

    @Test
    void changesArePaintedInPlaceOnATerminal() throws InterruptedException {
        RecordedTerminal live = RecordedTerminal.live(24);
        int code = watching(
                live,
                () -> runner.server.put(
                        "root:acme", RobotBuilder.from(first).position(17).build()));

        assertThat(code).isEqualTo(3);
        assertThat(live.out()).contains("\u001b[?7l\u001b[2KNAME     TARGET").doesNotContain("CHANGE");
    }

    @Test
    void changesAreJsonLinesForPrograms() throws InterruptedException {
        watching(RecordedTerminal.pipe(), () -> {}, "-o", "json");

        assertThat(runner.out())
                .startsWith("{\"change\":\"added\",\"revision\":1,\"object\":{\"apiVersion\":\"fleet.example.com/v1\"");
    }

    @Test
    void itGoesOnAcrossARestartOfTheServerWithoutAWord() throws InterruptedException {
        watching(RecordedTerminal.pipe(), () -> {
            runner.server.stop();
            runner.server.put("root:acme", RobotBuilder.from(first).position(42).build());
            CountDownLatch resumed = runner.server.nextWatch("robots");
            runner.server.start();
            await(resumed);
        });

        assertThat(runner.out().lines().map(line -> line.replaceAll(" +", " ").split(" ", -1)[1]))
                .containsExactly("CHANGE", "added", "modified");
        List<WatchRequest> watches = runner.server.watchRequests().stream()
                .filter(request -> request.getType().equals("robots"))
                .toList();
        assertThat(watches).extracting(WatchRequest::getAfterRevision).containsExactly(1L, 1L);
        assertThat(watches).extracting(WatchRequest::getIncarnation).containsOnly("first");
    }

    @Test
    void anUnknownTypeEndsItAtOnce() {
        assertThat(runner.run("get", "sites", "-w", "root:acme", "--watch")).isEqualTo(3);
    }

    /** Runs a watch, does something once it watches, and ends it by deleting its workspace. */
    private int watching(RecordedTerminal terminal, Runnable meanwhile, String... more) throws InterruptedException {
        CountDownLatch watches = runner.server.nextWatch("robots");
        Thread other = new Thread(() -> {
            await(watches);
            meanwhile.run();
            runner.server.endWatches(over());
        });
        other.start();
        String[] arguments = new String[5 + more.length];
        System.arraycopy(new String[] {"get", "robots", "-w", "root:acme", "--watch"}, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        int code = runner.run(terminal, arguments);
        other.join();
        return code;
    }

    private static StatusRuntimeException over() {
        return ScriptedServer.refusal(Status.Code.NOT_FOUND, "WORKSPACE_DELETED", "root:acme was deleted");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
