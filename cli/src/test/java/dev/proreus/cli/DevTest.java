package dev.proreus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.cli.testing.RecordedTerminal;
import dev.proreus.cli.testing.RobotBuilder;
import dev.proreus.cli.testing.ScriptedProcesses.Scripted;
import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.Object;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DevTest {
    private static final String[] ONCE = {"dev", "--once", "--listen", "127.0.0.1:0", "--robots", "2"};

    private final CommandRunner runner = new CommandRunner();

    @AfterEach
    void end() {
        runner.close();
    }

    @Test
    void onceEndsWhenEveryRobotIsReady() {
        serverAndFleet();

        assertThat(runner.run(ONCE)).isZero();

        assertThat(runner.out())
                .contains("server: pid 100, 127.0.0.1:", "data in ./.proreus", "fleet: pid 101")
                .containsPattern("added +root:acme +robot-1 ")
                .containsPattern("modified +root:globex +robot-2 .* 1/1 +True +fleet")
                .containsPattern("4 robots in 2 workspaces Ready at their targets after [0-9.]+ s\n$")
                .doesNotContain("Try next");
        assertThat(runner.err()).isEmpty();
        assertThat(runner.processes.started())
                .extracting(process -> process.verb() + process.told())
                .containsExactly("serve[terminate]", "fleet[terminate]");
        String listen = runner.processes.started().get(0).command().get(5);
        assertThat(runner.processes.started())
                .extracting(Scripted::command)
                .containsExactly(
                        List.of("./proreus", "serve", "--data", "./.proreus", "--listen", listen, "--admin", "off"),
                        List.of("./proreus", "fleet", "--server", listen, "--workspace", "root:acme,root:globex"));
    }

    @Test
    void aSecondStartMovesEveryRobotAtLeastFiveSteps() {
        serverAndFleet();
        assertThat(runner.run(ONCE)).isZero();
        runner.server.stop();
        int before = runner.server.applied().size();

        assertThat(runner.run(ONCE)).isZero();

        List<ApplyRequest> again = runner.server.applied().stream()
                .skip(before)
                .filter(request -> request.getWorkspace().startsWith("root:"))
                .toList();
        assertThat(again).hasSize(4).allSatisfy(request -> {
            int before1 = number(runner.server.applied().stream()
                    .limit(before)
                    .filter(first -> first.getWorkspace().equals(request.getWorkspace())
                            && first.getObject()
                                    .getMetadata()
                                    .getName()
                                    .equals(request.getObject().getMetadata().getName()))
                    .findFirst()
                    .orElseThrow());
            assertThat(Math.abs(number(request) - before1)).isGreaterThanOrEqualTo(5);
        });
    }

    @Test
    void onceTellsWhatWasNotReadyInTime() {
        runner.processes.script(process -> {
            if (process.verb().equals("serve")) {
                runner.server.start();
            }
        });

        assertThat(runner.run("dev", "--once", "--listen", "127.0.0.1:0", "--robots", "1", "--timeout", "1s"))
                .isEqualTo(4);

        assertThat(runner.err())
                .contains("error: 2 of 2 robots are not Ready after 1.0 s")
                .contains("root:acme robot-1: no agent has reported Ready, generation 1, observed 0");
    }

    @Test
    void aServerThatFailsToStartTwiceIsGivenUpAndItsReasonTold() {
        runner.processes.script(process -> {
            if (process.verb().equals("serve")) {
                process.print("proreus: the data folder is locked by process 7");
                process.exit(1);
            }
        });

        assertThat(runner.run(ONCE)).isEqualTo(1);

        assertThat(runner.err())
                .isEqualTo(
                        "error: the server ended with exit code 1\n  proreus: the data folder is locked by process 7\n");
        assertThat(runner.processes.started())
                .extracting(process -> process.verb() + process.told())
                .containsExactly("serve[]", "fleet[terminate]", "serve[]");
    }

    @Test
    void aServerThatDiesAtWorkIsStartedAgainAndTheRunGoesOn() {
        AtomicInteger servers = new AtomicInteger();
        List<Scripted> running = new ArrayList<>();
        runner.processes.script(process -> {
            if (process.verb().equals("serve")) {
                running.add(process);
                runner.server.start();
                servers.incrementAndGet();
            }
        });
        runner.server.whenApplied((workspace, robot) -> {
            if (servers.get() == 1 && robot.getMetadata().getName().equals("robot-2")) {
                runner.server.stop();
                running.get(0).exit(137);
            }
            ready(workspace, robot);
        });

        assertThat(runner.run(ONCE)).isZero();

        assertThat(servers).hasValue(2);
        assertThat(runner.out())
                .contains("server: was ended by signal 9; starting it again", "4 robots in 2 workspaces Ready");
    }

    @Test
    void endsInOrderWhenItIsAskedTo() {
        serverAndFleet();
        runner.server.whenApplied((workspace, robot) -> {
            ready(workspace, robot);
            if (robot.getMetadata().getName().equals("robot-2")) {
                runner.interrupt();
            }
        });
        RecordedTerminal live = RecordedTerminal.live(40);

        assertThat(runner.run(live, "dev", "--listen", "127.0.0.1:0")).isZero();

        assertThat(live.out())
                .contains("Try next, in another terminal:", "./proreus get robots -w root:acme --watch -s 127.0.0.1:")
                .contains("WORKSPACE    ROBOT", "server pid 100, fleet pid 101. To see recovery: kill -9 100.");
        assertThat(runner.processes.started())
                .extracting(process -> process.verb() + process.told())
                .containsExactly("serve[terminate]", "fleet[terminate]");
    }

    @Test
    void aServerThatCtrlCReachesFirstIsNotStartedAgain() {
        serverAndFleet();
        runner.processes.script(process -> {
            if (process.verb().equals("serve")) {
                runner.server.start();
            } else {
                process.beforeItEnds(() -> runner.processes.started().get(0).exit(130));
            }
        });
        runner.server.whenApplied((workspace, robot) -> runner.interrupt());

        assertThat(runner.run("dev", "--listen", "127.0.0.1:0")).isZero();

        assertThat(runner.processes.started())
                .extracting(process -> process.verb() + process.told())
                .containsExactly("serve[]", "fleet[terminate]");
    }

    @Test
    void everySoOftenRobotsGetANewTargetAndThoseOfOthersAreLeftAlone() {
        AtomicInteger rounds = new AtomicInteger();
        serverAndFleet();
        runner.server.whenApplied((workspace, robot) -> {
            ready(workspace, robot);
            if (workspace.equals("root:globex") && rounds.incrementAndGet() == 3) {
                runner.interrupt();
            }
        });
        runner.server.start();
        runner.server.workspace("root:acme");
        runner.input =
                "{apiVersion: fleet.example.com/v1, kind: Robot, metadata: {name: mine}, spec: {agent: fleet, target: 1}}";
        assertThat(runner.run("apply", "-f", "-", "-w", "root:acme")).isZero();
        runner.server.stop();

        assertThat(runner.run("dev", "--listen", "127.0.0.1:0", "--robots", "1", "--every", "100ms"))
                .isZero();

        assertThat(runner.out()).containsOnlyOnce("root:acme mine: somebody else applied it last");
        assertThat(runner.server.find("root:acme", "mine").orElseThrow().getSpec())
                .isEqualTo(RobotBuilder.robot("mine").target(1).build().getSpec());
        assertThat(runner.server
                        .find("root:globex", "robot-1")
                        .orElseThrow()
                        .getMetadata()
                        .getGeneration())
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void aRefusalThatNothingMendsEndsIt() {
        serverAndFleet();
        runner.server.refuseNext(
                Status.PERMISSION_DENIED.withDescription("not you").asRuntimeException());

        assertThat(runner.run(ONCE)).isEqualTo(1);

        assertThat(runner.err()).contains("error: not you");
    }

    @Test
    void listensOnLoopbackOnly() {
        assertThat(runner.run("dev", "--listen", "0.0.0.0:8490")).isEqualTo(2);

        assertThat(runner.err())
                .isEqualTo("error: --listen: 0.0.0.0 is not loopback, and dev, which has no access control,"
                        + " listens there only\n");
        assertThat(runner.processes.started()).isEmpty();
    }

    @Test
    void aTakenPortIsToldBeforeAnythingStarts() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(runner.run("dev", "--listen", "127.0.0.1:" + taken.getLocalPort()))
                    .isEqualTo(1);
        }

        assertThat(runner.err()).contains("error: cannot listen on 127.0.0.1:", "Address already in use");
        assertThat(runner.processes.started()).isEmpty();
    }

    @Test
    void wrongSettingsAreUsageErrors() {
        assertThat(runner.run("dev", "--every", "soon")).isEqualTo(2);
        assertThat(runner.err()).contains("--every: 'soon' is not a time from 100ms to 24h");
        assertThat(runner.run("dev", "--timeout", "48h")).isEqualTo(2);
        assertThat(runner.run("dev", "--robots", "1001")).isEqualTo(2);
        assertThat(runner.run("dev", "-s", "127.0.0.1:1")).isEqualTo(2);
    }

    private void serverAndFleet() {
        runner.processes.script(process -> {
            if (process.verb().equals("serve")) {
                runner.server.start();
            }
        });
        runner.server.whenApplied(this::ready);
    }

    /** Does at once what the fleet would. */
    private void ready(String workspace, Object robot) {
        if (robot.getKind().equals("Robot")) {
            long generation = robot.getMetadata().getGeneration();
            int target = (int) robot.getSpec().getFieldsOrThrow("target").getNumberValue();
            runner.server.put(
                    workspace,
                    RobotBuilder.from(robot)
                            .position(target)
                            .condition("Ready", "True", generation)
                            .build());
        }
    }

    private static int number(ApplyRequest request) {
        return (int) request.getObject().getSpec().getFieldsOrThrow("target").getNumberValue();
    }
}
