package dev.proreus.cli.workspace;

import dev.proreus.cli.connection.Connection;
import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.option.GrpcurlLine;
import dev.proreus.cli.option.Options;
import dev.proreus.cli.output.Terminal;
import dev.proreus.v1.UndeleteWorkspaceRequest;
import dev.proreus.v1.WorkspaceServiceGrpc;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes the deletion of a workspace back. */
@Command(
        name = "undelete",
        description = "Take the deletion of a workspace back, while its grace lasts.",
        footer = {"", "Example:", "  ./proreus ws undelete root:acme"})
final class UndeleteCommand implements Callable<Integer> {
    private final Options options;
    private final Terminal terminal;

    @Parameters(paramLabel = "PATH", description = "The workspace, such as root:acme:berlin.")
    private String path = "";

    UndeleteCommand(Options options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        UndeleteWorkspaceRequest request =
                UndeleteWorkspaceRequest.newBuilder().setWorkspace(path).build();
        if (options.grpcurl()) {
            terminal.line(GrpcurlLine.of(options.server(), WorkspaceServiceGrpc.getUndeleteWorkspaceMethod(), request));
            return ExitCode.DONE.number();
        }
        try (Connection connection = options.connect()) {
            connection.call(WorkspaceServiceGrpc.getUndeleteWorkspaceMethod(), request);
            terminal.line("workspace " + path + " is in use");
        }
        return ExitCode.DONE.number();
    }
}
