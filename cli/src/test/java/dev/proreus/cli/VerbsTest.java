package dev.proreus.cli;

import static dev.proreus.cli.testing.RobotBuilder.robot;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import dev.proreus.cli.testing.RecordedTerminal;
import dev.proreus.cli.testing.ScriptedServer;
import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.Derived;
import dev.proreus.v1.Driver;
import dev.proreus.v1.Health;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class VerbsTest {
    private static final String ROBOT = """
            apiVersion: fleet.example.com/v1
            kind: Robot
            metadata: {name: robot-7}
            spec: {agent: fleet, target: 42}
            """;

    private final CommandRunner runner = new CommandRunner();

    @BeforeEach
    void begin() {
        runner.server.start();
        runner.server.workspace("root:acme");
        runner.server.workspace("root:globex");
        runner.server.derive(Derived.newBuilder()
                .setHealth(Health.HEALTH_HEALTHY)
                .setDriver(Driver.newBuilder()
                        .setAgent("fleet")
                        .setWorkspace("root:acme")
                        .setConnected(true))
                .build());
    }

    @AfterEach
    void end() {
        runner.close();
    }

    @Test
    void getShowsATableWithTheTypesColumns() {
        runner.server.put(
                "root:acme",
                robot("robot-1")
                        .target(42)
                        .position(40)
                        .generation(3)
                        .condition("Ready", "False", 2)
                        .build());
        runner.server.put("root:acme", robot("robot-2").build());
        runner.server.pages(1);

        assertThat(runner.run("get", "robots", "-w", "root:acme")).isZero();

        assertThat(runner.out().replaceAll("[0-9]+y", "1y")).isEqualTo("""
                        NAME     TARGET  POSITION  GENERATION  READY  HEALTH   AGENT  AGE
                        robot-1  42      40        3/2         False  Healthy  fleet  1y
                        robot-2  -       -         1/-         -      Healthy  fleet  1y
                        """);
        assertThat(runner.err()).isEmpty();
    }

    @Test
    void getSaysWhereThereIsNothing() {
        assertThat(runner.run("get", "robots", "-w", "root:acme")).isZero();

        assertThat(runner.out()).isEmpty();
        assertThat(runner.err()).isEqualTo("no robots in root:acme\n");
    }

    @Test
    void getShowsOtherFormsForOtherReaders() {
        runner.server.put("root:acme", robot("robot-1").target(42).build());
        runner.server.put("root:acme", robot("robot-2").target(7).build());
        runner.environment.put("PROREUS_WORKSPACE", "root:acme");

        assertThat(runner.run("get", "robots", "-o", "name")).isZero();
        assertThat(runner.out()).isEqualTo("robot/robot-1\nrobot/robot-2\n");

        assertThat(runner.run("get", "robots", "-o", "yaml")).isZero();
        assertThat(runner.out()).isEqualTo("""
                        apiVersion: fleet.example.com/v1
                        kind: Robot
                        metadata:
                          name: robot-1
                          uid: uid-1
                          resourceVersion: 1
                          generation: 1
                        spec:
                          agent: fleet
                          target: 42
                        ---
                        apiVersion: fleet.example.com/v1
                        kind: Robot
                        metadata:
                          name: robot-2
                          uid: uid-2
                          resourceVersion: 2
                          generation: 1
                        spec:
                          agent: fleet
                          target: 7
                        """);

        assertThat(runner.run("get", "robots", "-o", "JSON")).isZero();
        assertThat(runner.out())
                .startsWith("{\n\"items\": [\n{\n")
                .contains("\"target\": 42")
                .endsWith("],\n\"revision\": 2\n}\n");

        assertThat(runner.run("get", "robot/robot-2", "-o", "json")).isZero();
        assertThat(runner.out()).startsWith("{\n  \"apiVersion\"").contains("\"resourceVersion\": 2");
    }

    @Test
    void whatIsNotFoundIsToldWithWhatWasMeant() {
        runner.server.put("root:acme", robot("robot-1").build());

        assertThat(runner.run("get", "robot", "robto-1", "-w", "root:acme")).isEqualTo(3);
        assertThat(runner.err()).isEqualTo("""
                        error: robot 'robto-1' was not found in root:acme
                          (NOT_FOUND, OBJECT_NOT_FOUND)
                          try: did you mean robot-1?
                        """);

        assertThat(runner.run("get", "robbots", "-w", "root:acme")).isEqualTo(3);
        assertThat(runner.err()).contains("try: did you mean robots?");

        runner.server.refuseNext(ScriptedServer.refusal(
                Status.Code.NOT_FOUND,
                ErrorInfo.newBuilder()
                        .setReason("WORKSPACE_NOT_FOUND")
                        .putMetadata("workspace", "root:amce")
                        .build(),
                "root:amce was not found"));
        assertThat(runner.run("get", "robot", "a", "-o", "yaml", "-w", "root:amce"))
                .isEqualTo(3);
        assertThat(runner.err()).contains("try: did you mean root:acme?");
    }

    @Test
    void describeTellsAll() {
        runner.server.put(
                "root:acme",
                robot("robot-1")
                        .target(42)
                        .position(40)
                        .generation(3)
                        .condition("Ready", "False", 2)
                        .build());

        assertThat(runner.run("describe", "robot", "robot-1", "-w", "root:acme"))
                .isZero();

        assertThat(runner.out())
                .contains(
                        "Name:         robot-1\nWorkspace:    root:acme\nType:         Robot (fleet.example.com/v1)\n")
                .contains("Generation:   3, observed 2\n", "Health:       Healthy\n")
                .contains("Driver:       fleet of root:acme, connected\n")
                .contains("Spec:\n  agent: fleet\n  target: 42\nStatus:\n  position: 40\nConditions:\n")
                .contains("  TYPE   STATUS  REASON  AGE  GENERATION  MESSAGE\n")
                .contains("  Ready  False   Moved   1h   2           as told\n")
                .contains("  Ready speaks of an older generation\n");
    }

    @Test
    void describeTellsWhatADeletionWaitsFor() {
        runner.server.put(
                "root:acme",
                robot("robot-1").deleting("fleet.example.com/parked").build());

        assertThat(runner.run("describe", "robot", "robot-1", "-w", "root:acme"))
                .isZero();

        assertThat(runner.out())
                .contains("Deletion:     asked for at 2026-11-23T01:00:00Z (1h ago)\n")
                .contains("Finalizers:   fleet.example.com/parked\n");
    }

    @Test
    void applySaysWhatItDid() {
        runner.input = ROBOT;
        assertThat(runner.run("apply", "-f", "-", "-w", "root:acme")).isZero();
        assertThat(runner.out()).isEqualTo("robot/robot-7 created in root:acme\n");
        assertThat(runner.run("apply", "-f", "-", "-w", "root:acme")).isZero();
        assertThat(runner.out()).isEqualTo("robot/robot-7 unchanged in root:acme\n");

        runner.input = ROBOT.replace("42", "43");
        assertThat(runner.run("apply", "-f", "-", "-w", "root:acme")).isZero();
        assertThat(runner.out()).isEqualTo("robot/robot-7 configured in root:acme\n");

        ApplyRequest last = runner.server.applied().get(2);
        assertThat(last.getFieldManager()).isEqualTo("cli");
        assertThat(last.getForce()).isFalse();
        assertThat(last.getType()).isEmpty();
    }

    @Test
    void applyTellsAConflictAndCanTakeOver() {
        runner.input = ROBOT;
        assertThat(runner.run("apply", "-f", "-", "-w", "root:acme", "--field-manager", "dev"))
                .isZero();

        assertThat(runner.run("apply", "-f", "-", "-w", "root:acme")).isEqualTo(5);
        assertThat(runner.err())
                .contains("error: standard input:1: robot/robot-7: dev applied it last", "try: --force");
        assertThat(runner.run("apply", "-f", "-", "-w", "root:acme", "--force")).isZero();
    }

    @Test
    void applyTakesAFolderTypesFirstAndGoesOnAfterAFailure(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.yaml"), ROBOT + "---\n" + ROBOT.replace("robot-7", "robot-8"));
        Files.writeString(
                folder.resolve("b.json"),
                "{\"apiVersion\":\"proreus.dev/v1\",\"kind\":\"ResourceType\","
                        + "\"metadata\":{\"name\":\"sites.fleet.example.com\"},\"spec\":{\"group\":\"fleet.example.com\"}}");
        Files.writeString(folder.resolve("notes.txt"), "not a manifest");
        runner.server.refuseNext(ScriptedServer.refusal(Status.Code.INVALID_ARGUMENT, "INVALID_OBJECT", "no"));

        assertThat(runner.run("apply", "-f", folder.toString(), "-w", "root")).isEqualTo(1);

        assertThat(runner.err()).contains("b.json:1: resourcetype/sites.fleet.example.com: no");
        assertThat(runner.out()).isEqualTo("robot/robot-7 created in root\nrobot/robot-8 created in root\n");
    }

    @Test
    void applyRefusesBeforeAnythingIsSent(@TempDir Path folder) throws IOException {
        runner.input = ROBOT + "---\n" + ROBOT.replace("spec", "spce");
        assertThat(runner.run("apply", "-f", "-", "-w", "root:acme")).isEqualTo(1);
        assertThat(runner.err()).contains("standard input:9: unknown key 'spce'");

        runner.input = "{apiVersion: proreus.dev/v1, kind: Workspace, metadata: {name: acme}}";
        assertThat(runner.run("apply", "-f", "-", "-w", "root")).isEqualTo(2);
        assertThat(runner.err()).contains("try: ./proreus ws create PATH");

        assertThat(runner.run("apply", "-f", folder.toString(), "-w", "root")).isEqualTo(2);
        assertThat(runner.run("apply", "-f", folder.resolve("none.yaml").toString(), "-w", "root"))
                .isEqualTo(2);
        Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE4});
        assertThat(runner.run("apply", "-f", folder.resolve("latin.yaml").toString(), "-w", "root"))
                .isEqualTo(1);
        assertThat(runner.server.applied()).isEmpty();
    }

    @Test
    void applyTellsWhereInTheFileARuleIsBroken() {
        runner.input = "---\n" + ROBOT.replace("spec: {agent: fleet, target: 42}", "spec:\n  target: 42\n");
        runner.server.refuseNext(ScriptedServer.refusal(
                Status.Code.INVALID_ARGUMENT,
                ErrorInfo.newBuilder().setReason("INVALID_OBJECT").build(),
                "the object is invalid",
                "spec.target",
                "is too far",
                "metadata.labels[\"x\"]",
                "is missing"));

        assertThat(runner.run("apply", "-f", "-", "-w", "root:acme")).isEqualTo(1);

        assertThat(runner.err())
                .contains("standard input:2: robot/robot-7: the object is invalid\n")
                .contains("  standard input:6: spec.target: is too far\n")
                .contains("  standard input:4: metadata.labels[\"x\"]: is missing\n");
    }

    @Test
    void aTypesOwnColumnReplacesTheCommonOneOfThatHead() {
        runner.server.columns("Agent", "spec.agent");
        runner.server.put("root:acme", robot("robot-1").agent("me").build());

        assertThat(runner.run("get", "robots", "-w", "root:acme")).isZero();

        assertThat(runner.out()).startsWith("NAME     AGENT  GENERATION  READY  HEALTH   AGE\nrobot-1  me ");
    }

    @Test
    void deleteSaysWhatItDidAndGoesOn() {
        runner.server.put("root:acme", robot("robot-1").build());
        runner.server.put("root:acme", robot("robot-2").build());

        assertThat(runner.run("delete", "robot", "robot-1", "robot-9", "robot-2", "-w", "root:acme"))
                .isEqualTo(3);

        assertThat(runner.out()).isEqualTo("robot/robot-1 deleted in root:acme\nrobot/robot-2 deleted in root:acme\n");
        assertThat(runner.err()).contains("'robot-9' was not found");
        assertThat(runner.run("delete", "robots", "-w", "root:acme")).isEqualTo(2);
    }

    @Test
    void workspacesAreShownMadeAndDeleted() {
        assertThat(runner.run("ws", "create", "root:acme:berlin")).isZero();
        assertThat(runner.out()).isEqualTo("workspace root:acme:berlin created\n");
        assertThat(runner.run("ws", "create", "root:acme")).isEqualTo(5);

        runner.server.pages(2);
        assertThat(runner.run("ws", "tree")).isZero();
        assertThat(runner.out())
                .contains("WORKSPACE       STATE   OBJECTS  REVISION  AGE\n")
                .contains("root   ")
                .contains("\u251c\u2500\u2500 acme  ")
                .contains("\u2502   \u2514\u2500\u2500 berlin  ")
                .contains("\u2514\u2500\u2500 globex  ");

        assertThat(runner.run("ws", "list", "-o", "name")).isZero();
        assertThat(runner.out()).isEqualTo("root:acme\nroot:globex\n");

        assertThat(runner.run("ws", "update", "root:acme", "--retention", "10m", "--retention-bytes", "64MiB"))
                .isZero();
        assertThat(runner.out()).isEqualTo("""
                        workspace root:acme holds history for 600s and at most 67108864 bytes
                        it may hold any number of objects, its subtree any number of objects
                        """);
        assertThat(runner.run("ws", "update", "root:acme", "--object-quota", "10", "--subtree-byte-quota", "1KiB"))
                .isZero();
        assertThat(runner.out())
                .contains("it may hold at most 10 objects, its subtree any number of objects of at most 1024");
        assertThat(runner.run("ws", "usage", "root:acme")).isZero();
        assertThat(runner.out()).contains("SCOPE", "workspace  2        10", "subtree    7        -      900    1000");
        assertThat(runner.run("ws", "usage", "root:acme", "-o", "json")).isZero();
        assertThat(runner.out()).contains("\"subtreeObjects\": ");
        assertThat(runner.run("ws", "update", "root:acme")).isEqualTo(2);
        assertThat(runner.run("ws", "update", "root:acme", "--retention", "ten"))
                .isEqualTo(2);
        assertThat(runner.err()).contains("'ten' is not a time", "such as 90s or 1h");

        assertThat(runner.run("ws", "delete", "root:acme:berlin")).isZero();
        assertThat(runner.run("ws", "delete", "root:acme:berlin")).isEqualTo(3);
    }

    @Test
    void typesAreListed() {
        assertThat(runner.run("types", "-w", "root:acme")).isZero();

        assertThat(runner.out()).contains("robots.fleet.example.com  Robot  rb     -         spec.agent");
    }

    @Test
    void theEqualGrpcurlCommandIsPrinted() {
        runner.input = ROBOT.replace("fleet, ", "\"o'neil\", ");

        assertThat(runner.run("--grpcurl", "get", "robots", "-w", "root:acme", "--watch"))
                .isZero();
        assertThat(runner.out())
                .isEqualTo("grpcurl -plaintext -d '{\"workspace\":\"root:acme\",\"type\":\"robots\"}' 127.0.0.1:8490"
                        + " proreus.v1.ObjectService/Watch\n");
        assertThat(runner.run("apply", "-f", "-", "-w", "root:acme", "--grpcurl"))
                .isZero();
        assertThat(runner.out())
                .contains("\"spec\":{\"agent\":\"o'\\''neil\",\"target\":42}},\"fieldManager\":\"cli\"}'"
                        + " 127.0.0.1:8490 proreus.v1.ObjectService/Apply\n");
        assertThat(runner.server.applied()).isEmpty();
    }

    @Test
    void selectorsGoIntoListAndWatch() {
        String selectors =
                "\"labelSelector\":\"tier in (gold),!old\",\"fieldSelector\":\"spec.agent=fleet\"}' 127.0.0.1:8490";
        for (String watch : List.of("", "--watch")) {
            List<String> line = new ArrayList<>(List.of("--grpcurl", "get", "robots", "-w", "root:acme"));
            line.addAll(List.of("-l", "tier in (gold),!old", "--field-selector", "spec.agent=fleet"));
            if (!watch.isEmpty()) {
                line.add(watch);
            }
            assertThat(runner.run(line.toArray(new String[0]))).isZero();
            assertThat(runner.out()).contains(selectors);
        }
        assertThat(runner.run("get", "robots", "robot-1", "-w", "root:acme", "-l", "tier=gold"))
                .isEqualTo(2);
        assertThat(runner.err()).contains("selectors choose among all objects of the type: leave the names out");
    }

    @Test
    void aServerThatDoesNotAnswerIsToldWithWhatStartsOne() {
        runner.server.stop();

        assertThat(runner.run("get", "robots", "-w", "root:acme")).isEqualTo(1);

        assertThat(runner.err())
                .startsWith("error: no server answers at 127.0.0.1:8490\n")
                .contains("  try: ./proreus dev");
        runner.input = ROBOT + "---\n" + ROBOT;
        assertThat(runner.run("apply", "-f", "-", "-w", "root:acme")).isEqualTo(1);
        assertThat(runner.err()).containsOnlyOnce("error:");
    }

    @Test
    void aMissingWorkspaceIsAUsageError() {
        assertThat(runner.run("get", "robots")).isEqualTo(2);

        assertThat(runner.err()).contains("error: no workspace is named", "try: -w root:acme");
    }

    @Test
    void wrongCommandLinesAreUsageErrorsWithWhatWasMeant() {
        assertThat(runner.run("gte", "robots")).isEqualTo(2);
        assertThat(runner.err()).contains("error: there is no verb 'gte'", "try: did you mean get?");
        assertThat(runner.run("ws", "tere")).isEqualTo(2);
        assertThat(runner.err()).contains("try: did you mean tree?");
        assertThat(runner.run("get", "robots", "--wacth")).isEqualTo(2);
        assertThat(runner.err()).contains("try: did you mean --watch?", "try: ./proreus get --help");
        assertThat(runner.run("get", "robots", "-w", "a", "-s", "nonsense:x")).isEqualTo(2);
        assertThat(runner.run()).isEqualTo(2);
        assertThat(runner.run("get", "robots", "-w", "a", "-o", "xml")).isEqualTo(2);
    }

    @Test
    void helpAndVersionAreThere() {
        assertThat(runner.run("--help")).isZero();
        assertThat(runner.out())
                .contains("get ", "describe ", "apply ", "delete ", "ws ", "types ", "dev ", "Exit codes:");
        assertThat(runner.run("get", "--help")).isZero();
        assertThat(runner.out()).contains("--watch", "-w, --workspace=PATH");
        assertThat(runner.run("version")).isZero();
        assertThat(runner.out()).matches("proreus [^$ ]+, java .+\n");
    }

    @Test
    void coloursAreForTerminalsThatWantThem() {
        runner.server.put(
                "root:acme", robot("robot-1").condition("Ready", "True", 1).build());

        assertThat(runner.run(RecordedTerminal.coloured(), "get", "robots", "-w", "root:acme"))
                .isZero();

        assertThat(runner.out()).contains("\u001b[32mTrue\u001b[0m", "\u001b[32mHealthy\u001b[0m");
    }
}
