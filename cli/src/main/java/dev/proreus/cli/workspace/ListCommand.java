package dev.proreus.cli.workspace;

import dev.proreus.cli.connection.Connection;
import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.form.JsonText;
import dev.proreus.cli.form.MessageTree;
import dev.proreus.cli.form.YamlText;
import dev.proreus.cli.option.GrpcurlLine;
import dev.proreus.cli.option.Options;
import dev.proreus.cli.option.OutputForm;
import dev.proreus.cli.output.Columns;
import dev.proreus.cli.output.Terminal;
import dev.proreus.v1.ListWorkspacesRequest;
import dev.proreus.v1.ListWorkspacesResponse;
import dev.proreus.v1.Workspace;
import dev.proreus.v1.WorkspaceServiceGrpc;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the children of a workspace. */
@Command(name = "list", description = "List the children of a workspace, of root unless another is named.")
final class ListCommand implements Callable<Integer> {
    private final Options options;
    private final Terminal terminal;
    private final InstantSource clock;

    @Parameters(arity = "0..1", paramLabel = "PATH", description = "Whose children, such as root:acme.")
    private String path = "";

    ListCommand(Options options, Terminal terminal, InstantSource clock) {
        this.options = options;
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        ListWorkspacesRequest request = ListWorkspacesRequest.newBuilder()
                .setWorkspace(path.isEmpty() ? options.workspaceOr("root") : path)
                .build();
        if (options.grpcurl()) {
            terminal.line(GrpcurlLine.of(options.server(), WorkspaceServiceGrpc.getListWorkspacesMethod(), request));
            return ExitCode.DONE.number();
        }
        try (Connection connection = options.connect()) {
            List<Workspace> found = new ArrayList<>();
            WorkspacePages.read(connection, request, found::addAll);
            print(request.getWorkspace(), found);
        }
        return ExitCode.DONE.number();
    }

    private void print(String parent, List<Workspace> found) {
        ListWorkspacesResponse all =
                ListWorkspacesResponse.newBuilder().addAllWorkspaces(found).build();
        switch (options.outputOr(OutputForm.TABLE)) {
            case TABLE -> table(parent, found);
            case YAML -> terminal.text(YamlText.of(MessageTree.of(all)));
            case JSON -> terminal.line(JsonText.pretty(MessageTree.of(all)));
            case NAME -> found.forEach(each -> terminal.line(each.getPath()));
        }
    }

    private void table(String parent, List<Workspace> found) {
        if (found.isEmpty()) {
            terminal.notice("no workspaces below " + parent);
            return;
        }
        Columns columns = new Columns(terminal, WorkspaceCells.HEADS, Set.of());
        List<List<String>> rows = found.stream().map(this::row).toList();
        columns.fit(rows);
        terminal.line(columns.head());
        rows.forEach(row -> terminal.line(columns.line(row)));
    }

    private List<String> row(Workspace workspace) {
        return WorkspaceCells.of(workspace.getPath(), workspace, clock.instant());
    }
}
