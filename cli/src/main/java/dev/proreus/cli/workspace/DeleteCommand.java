package dev.proreus.cli.workspace;

import dev.proreus.cli.connection.Connection;
import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.option.GrpcurlLine;
import dev.proreus.cli.option.Options;
import dev.proreus.cli.output.Terminal;
import dev.proreus.v1.DeleteWorkspaceRequest;
import dev.proreus.v1.WorkspaceServiceGrpc;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Deletes a workspace. */
@Command(
        name = "delete",
        description = "Delete a workspace that holds neither objects nor workspaces.",
        footer = {"", "Example:", "  ./proreus ws delete root:acme:berlin"})
final class DeleteCommand implements Callable<Integer> {
    private final Options options;
    private final Terminal terminal;

    @Parameters(paramLabel = "PATH", description = "The workspace, such as root:acme:berlin.")
    private String path = "";

    DeleteCommand(Options options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        DeleteWorkspaceRequest request =
                DeleteWorkspaceRequest.newBuilder().setWorkspace(path).build();
        if (options.grpcurl()) {
            terminal.line(GrpcurlLine.of(options.server(), WorkspaceServiceGrpc.getDeleteWorkspaceMethod(), request));
            return ExitCode.DONE.number();
        }
        try (Connection connection = options.connect()) {
            connection.call(WorkspaceServiceGrpc.getDeleteWorkspaceMethod(), request);
            terminal.line("workspace " + path + " deleted");
        }
        return ExitCode.DONE.number();
    }
}
