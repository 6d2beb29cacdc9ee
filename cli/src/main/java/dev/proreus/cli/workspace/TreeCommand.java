package dev.proreus.cli.workspace;

import dev.proreus.cli.connection.Connection;
import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.option.GrpcurlLine;
import dev.proreus.cli.option.Options;
import dev.proreus.cli.output.Terminal;
import dev.proreus.v1.ListWorkspacesRequest;
import dev.proreus.v1.Workspace;
import dev.proreus.v1.WorkspaceServiceGrpc;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Draws the tree of workspaces. */
@Command(name = "tree", description = "Draw the tree of workspaces below one, root unless another is named.")
final class TreeCommand implements Callable<Integer> {
    private final Options options;
    private final Terminal terminal;
    private final InstantSource clock;

    @Parameters(arity = "0..1", paramLabel = "PATH", description = "Where to start, such as root:acme.")
    private String path = "";

    TreeCommand(Options options, Terminal terminal, InstantSource clock) {
        this.options = options;
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        ListWorkspacesRequest request = ListWorkspacesRequest.newBuilder()
                .setWorkspace(path.isEmpty() ? options.workspaceOr("root") : path)
                .setRecursive(true)
                .build();
        if (options.grpcurl()) {
            terminal.line(GrpcurlLine.of(options.server(), WorkspaceServiceGrpc.getListWorkspacesMethod(), request));
            return ExitCode.DONE.number();
        }
        try (Connection connection = options.connect()) {
            List<Workspace> all = new ArrayList<>();
            WorkspacePages.read(connection, request, all::addAll);
            new TreeDrawing(terminal, clock.instant()).print(all);
        }
        return ExitCode.DONE.number();
    }
}
