package dev.proreus.cli.workspace;

import dev.proreus.cli.connection.Connection;
import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.option.Amount;
import dev.proreus.cli.option.GrpcurlLine;
import dev.proreus.cli.option.Options;
import dev.proreus.cli.output.Terminal;
import dev.proreus.v1.UpdateWorkspaceRequest;
import dev.proreus.v1.Workspace;
import dev.proreus.v1.WorkspaceServiceGrpc;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes how much of a workspace's history is held. */
@Command(
        name = "update",
        description = "Change how much of a workspace's history is held.",
        footer = {"", "Example:", "  ./proreus ws update root:acme --retention 10m --retention-bytes 64MiB"})
final class UpdateCommand implements Callable<Integer> {
    private final Options options;
    private final Terminal terminal;

    @Parameters(paramLabel = "PATH", description = "The workspace.")
    private String path = "";

    @Option(
            names = "--retention",
            paramLabel = "AGE",
            converter = Amount.Time.class,
            description = "How long a state can be read after it was replaced; 0 for as long as the server says.")
    private @Nullable Duration retention;

    @Option(
            names = "--retention-bytes",
            paramLabel = "SIZE",
            converter = Amount.Size.class,
            description = "Most history that is held; 0 for as much as the server says.")
    private @Nullable Long retentionBytes;

    UpdateCommand(Options options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (retention == null && retentionBytes == null) {
            terminal.failure(List.of("nothing to change: give --retention or --retention-bytes"));
            return ExitCode.USAGE.number();
        }
        UpdateWorkspaceRequest.Builder request =
                UpdateWorkspaceRequest.newBuilder().setWorkspace(path);
        if (retention != null) {
            request.setRetention(com.google.protobuf.Duration.newBuilder().setSeconds(retention.toSeconds()));
        }
        if (retentionBytes != null) {
            request.setRetentionBytes(retentionBytes);
        }
        if (options.grpcurl()) {
            terminal.line(
                    GrpcurlLine.of(options.server(), WorkspaceServiceGrpc.getUpdateWorkspaceMethod(), request.build()));
            return ExitCode.DONE.number();
        }
        try (Connection connection = options.connect()) {
            Workspace updated = connection
                    .call(WorkspaceServiceGrpc.getUpdateWorkspaceMethod(), request.build())
                    .getWorkspace();
            terminal.line("workspace " + path + " holds history for "
                    + updated.getRetention().getSeconds() + "s and at most " + updated.getRetentionBytes()
                    + " bytes");
        }
        return ExitCode.DONE.number();
    }
}
