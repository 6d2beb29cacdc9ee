package dev.proreus.cli.workspace;

import dev.proreus.cli.connection.Connection;
import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.option.GrpcurlLine;
import dev.proreus.cli.option.Options;
import dev.proreus.cli.output.Terminal;
import dev.proreus.v1.CreateWorkspaceRequest;
import dev.proreus.v1.WorkspaceServiceGrpc;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Creates a workspace. */
@Command(
        name = "create",
        description = "Create a workspace below an existing one.",
        footer = {"", "Example:", "  ./proreus ws create root:acme:berlin"})
final class CreateCommand implements Callable<Integer> {
    private final Options options;
    private final Terminal terminal;

    @Parameters(paramLabel = "PATH", description = "The new workspace; its parent exists.")
    private String path = "";

    CreateCommand(Options options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        CreateWorkspaceRequest request =
                CreateWorkspaceRequest.newBuilder().setWorkspace(path).build();
        if (options.grpcurl()) {
            terminal.line(GrpcurlLine.of(options.server(), WorkspaceServiceGrpc.getCreateWorkspaceMethod(), request));
            return ExitCode.DONE.number();
        }
        try (Connection connection = options.connect()) {
            connection.call(WorkspaceServiceGrpc.getCreateWorkspaceMethod(), request);
            terminal.line("workspace " + path + " created");
        }
        return ExitCode.DONE.number();
    }
}
