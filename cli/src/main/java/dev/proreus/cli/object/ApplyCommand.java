package dev.proreus.cli.object;

import dev.proreus.cli.connection.Connection;
import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.failure.FailedException;
import dev.proreus.cli.form.SchemaText;
import dev.proreus.cli.manifest.Manifest;
import dev.proreus.cli.manifest.Place;
import dev.proreus.cli.option.GrpcurlLine;
import dev.proreus.cli.option.Options;
import dev.proreus.cli.output.Terminal;
import dev.proreus.v1.ApplyRequest;
import dev.proreus.v1.ApplyResponse;
import dev.proreus.v1.Object;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.WriteOutcome;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes objects what files say that they are to be. */
@Command(
        name = "apply",
        description = "Create objects from files, or make their spec and labels what the files say.",
        footer = {
            "",
            "A file is YAML of one or several documents, or JSON. All files are read before anything is applied, and",
            "resource types are applied first.",
            "",
            "Examples:",
            "  ./proreus apply -f examples/robot.yaml -w root:acme",
            "  ./proreus apply -f - -w root:acme < robot.json"
        })
public final class ApplyCommand implements Callable<Integer> {
    private final Options options;
    private final Terminal terminal;
    private final ManifestFiles files;

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE|DIR|-",
            description = "A file, a directory of *.yaml, *.yml and *.json, or - for the standard input.")
    private List<String> named = new ArrayList<>();

    @Option(
            names = "--field-manager",
            paramLabel = "NAME",
            defaultValue = "cli",
            description = "Who applies; it becomes the objects' last manager (${DEFAULT-VALUE}).")
    private String fieldManager = "cli";

    @Option(names = "--force", description = "Take objects over that another field manager applied last.")
    private boolean force;

    public ApplyCommand(Options options, Terminal terminal, InputStream standardInput) {
        this.options = options;
        this.terminal = terminal;
        this.files = new ManifestFiles(standardInput);
    }

    @Override
    public Integer call() {
        String workspace = options.workspace();
        List<Manifest> manifests = files.read(named);
        manifests.forEach(ApplyCommand::requireObject);
        List<Manifest> ordered = manifests.stream()
                .sorted(Comparator.comparing(manifest -> !isType(manifest.object())))
                .toList();
        if (options.grpcurl()) {
            ordered.forEach(manifest -> terminal.line(GrpcurlLine.of(
                    options.server(), ObjectServiceGrpc.getApplyMethod(), request(workspace, manifest))));
            return ExitCode.DONE.number();
        }
        try (Connection connection = options.connect()) {
            Outcomes outcomes = new Outcomes(terminal);
            for (Manifest manifest : ordered) {
                outcomes.attempt(() -> apply(connection, workspace, manifest));
            }
            return outcomes.exitCode().number();
        }
    }

    private void apply(Connection connection, String workspace, Manifest manifest) {
        try {
            ApplyResponse applied = connection.call(ObjectServiceGrpc.getApplyMethod(), request(workspace, manifest));
            terminal.line(ObjectName.of(applied.getObject()) + " " + word(applied.getOutcome()) + " in " + workspace);
        } catch (FailedException e) {
            throw e.hopeless()
                    ? e
                    : e.at(manifest.start() + ": " + ObjectName.of(manifest.object()))
                            .located(path -> manifest.place(path).map(Place::toString));
        }
    }

    private ApplyRequest request(String workspace, Manifest manifest) {
        return ApplyRequest.newBuilder()
                .setWorkspace(workspace)
                .setObject(manifest.object().toBuilder().clearStatus())
                .setFieldManager(fieldManager)
                .setForce(force)
                .build();
    }

    private static void requireObject(Manifest manifest) {
        Object object = manifest.object();
        if (object.getApiVersion().startsWith("proreus.dev/")
                && object.getKind().equals("Workspace")) {
            throw FailedException.because(
                            ExitCode.USAGE, manifest.start() + ": a workspace is not made by applying an object")
                    .advise("./proreus ws create PATH");
        }
    }

    private static boolean isType(Object object) {
        return SchemaText.isResourceType(object.getApiVersion(), object.getKind());
    }

    private static String word(WriteOutcome outcome) {
        return switch (outcome) {
            case WRITE_OUTCOME_CREATED -> "created";
            case WRITE_OUTCOME_UPDATED -> "configured";
            case WRITE_OUTCOME_UNCHANGED -> "unchanged";
            case WRITE_OUTCOME_DELETED -> "deleted";
            case WRITE_OUTCOME_UNSPECIFIED, UNRECOGNIZED -> "applied";
        };
    }
}
