package dev.proreus.cli.dev;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.proreus.cli.connection.Endpoint;
import dev.proreus.cli.option.GrpcurlLine;
import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.GetRequest;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.WatchRequest;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The exact commands that a person types next. */
final class Hints {
    private static final String WORKSPACE = "root:acme";
    private static final String INSTALL = "go install github.com/fullstorydev/grpcurl/cmd/grpcurl@latest";

    private static final String SESSION = """
            {"hello":{"workspace":"root:acme","agent":"me","instance":"by-hand"}}
            {"subscribe":{"subscription":1,"type":"robots","assignmentValue":"me"}}
            {"report":{"seq":1,"subscription":1,"name":"mine","uid":"$uid","observedGeneration":1,
              "status":{"position":7},"conditions":[{"type":"Ready","status":"True","reason":"Arrived",
              "observedGeneration":1}]}}
            JSON
            """;

    private final Endpoint server;
    private final String searchPath;

    /**
     * Makes hints.
     *
     * @param searchPath where programs are looked for, as PATH says it
     */
    Hints(Endpoint server, String searchPath) {
        this.server = server;
        this.searchPath = searchPath;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of("", "Try next, in another terminal:"));
        String at = server.equals(Endpoint.DEFAULT) ? "" : " -s " + server;
        lines.add("  ./proreus get robots -w " + WORKSPACE + " --watch" + at);
        lines.add("  ./proreus describe robot robot-1 -w " + WORKSPACE + at);
        lines.add("  ./proreus apply -f examples/robot.yaml -w " + WORKSPACE + at);
        lines.add("  ./proreus ws tree" + at);
        lines.add("");
        lines.add("Run the example's agent, which drives the robot that examples/robot.yaml makes:");
        lines.add("  mvn -q -Plaunch -pl examples/robot-agent -am package && java -jar "
                + "examples/robot-agent/target/robot-agent.jar " + server + " " + WORKSPACE + " me");
        lines.add("");
        lines.add(
                isInstalled("grpcurl")
                        ? "With grpcurl:"
                        : "With grpcurl, which is not on the PATH; this installs it: " + INSTALL);
        lines.add("  grpcurl -plaintext " + server + " list");
        lines.add("  grpcurl -plaintext " + server + " describe proreus.v1.ObjectService");
        lines.add("  " + GrpcurlLine.of(server, ObjectServiceGrpc.getListMethod(), list()));
        lines.add("  " + GrpcurlLine.of(server, ObjectServiceGrpc.getWatchMethod(), watch()));
        lines.addAll(agentByHand());
        lines.add("");
        return lines;
    }

    /** Returns the lines by which a person creates a robot and is its agent. */
    private List<String> agentByHand() {
        List<String> lines = new ArrayList<>(
                List.of("", "Be the agent of a robot by hand: create it, then connect and report on it:"));
        lines.add("  " + GrpcurlLine.of(server, ObjectServiceGrpc.getApplyMethod(), applyMine()));
        lines.add("  uid=$(" + GrpcurlLine.of(server, ObjectServiceGrpc.getGetMethod(), getMine())
                + " | sed -n 's/.*\"uid\": \"\\(.*\\)\".*/\\1/p')");
        lines.add("  grpcurl -plaintext -d @ " + server + " proreus.v1.AgentService/Connect <<JSON");
        SESSION.lines().forEach(lines::add);
        return lines;
    }

    private static ListRequest list() {
        return ListRequest.newBuilder()
                .setWorkspace(WORKSPACE)
                .setType("robots")
                .build();
    }

    private static WatchRequest watch() {
        return WatchRequest.newBuilder()
                .setWorkspace(WORKSPACE)
                .setType("robots")
                .build();
    }

    private static GetRequest getMine() {
        return GetRequest.newBuilder()
                .setWorkspace(WORKSPACE)
                .setType("robots")
                .setName("mine")
                .build();
    }

    private static ApplyRequest applyMine() {
        Struct spec = Struct.newBuilder()
                .putFields("agent", Value.newBuilder().setStringValue("me").build())
                .putFields("target", Value.newBuilder().setNumberValue(7).build())
                .build();
        return ApplyRequest.newBuilder()
                .setWorkspace(WORKSPACE)
                .setType("robots")
                .setName("mine")
                .setObject(Object.newBuilder().setSpec(spec))
                .build();
    }

    private boolean isInstalled(String program) {
        return Stream.of(searchPath.split(File.pathSeparator, -1))
                .anyMatch(folder -> !folder.isEmpty() && isExecutable(folder, program));
    }

    private static boolean isExecutable(String folder, String program) {
        try {
            return Files.isExecutable(Path.of(folder, program));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
