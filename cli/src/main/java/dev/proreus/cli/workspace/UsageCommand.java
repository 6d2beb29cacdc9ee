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
import dev.proreus.v1.GetWorkspaceUsageRequest;
import dev.proreus.v1.GetWorkspaceUsageResponse;
import dev.proreus.v1.WorkspaceServiceGrpc;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what a workspace holds and may hold. */
@Command(
        name = "usage",
        description = "Show what a workspace holds and may hold, alone and with all workspaces below it.",
        footer = {"", "Example:", "  ./proreus ws usage root:acme"})
final class UsageCommand implements Callable<Integer> {
    private static final String UNLIMITED = "-";

    private final Options options;
    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "PATH", description = "The workspace, root unless another is named.")
    private String path = "";

    UsageCommand(Options options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        GetWorkspaceUsageRequest request = GetWorkspaceUsageRequest.newBuilder()
                .setWorkspace(path.isEmpty() ? options.workspaceOr("root") : path)
                .build();
        if (options.grpcurl()) {
            terminal.line(GrpcurlLine.of(options.server(), WorkspaceServiceGrpc.getGetWorkspaceUsageMethod(), request));
            return ExitCode.DONE.number();
        }
        try (Connection connection = options.connect()) {
            print(request.getWorkspace(), connection.call(WorkspaceServiceGrpc.getGetWorkspaceUsageMethod(), request));
        }
        return ExitCode.DONE.number();
    }

    private void print(String workspace, GetWorkspaceUsageResponse usage) {
        switch (options.outputOr(OutputForm.TABLE)) {
            case TABLE -> table(usage);
            case YAML -> terminal.text(YamlText.of(MessageTree.of(usage)));
            case JSON -> terminal.line(JsonText.pretty(MessageTree.of(usage)));
            case NAME -> terminal.line(workspace);
        }
    }

    private void table(GetWorkspaceUsageResponse usage) {
        Columns columns = new Columns(terminal, List.of("SCOPE", "OBJECTS", "QUOTA", "BYTES", "QUOTA"), Set.of());
        List<List<String>> rows = List.of(
                row("workspace", usage.getObjects(), usage.getObjectQuota(), usage.getBytes(), usage.getByteQuota()),
                row(
                        "subtree",
                        usage.getSubtreeObjects(),
                        usage.getSubtreeObjectQuota(),
                        usage.getSubtreeBytes(),
                        usage.getSubtreeByteQuota()));
        columns.fit(rows);
        terminal.line(columns.head());
        rows.forEach(row -> terminal.line(columns.line(row)));
    }

    private static List<String> row(String scope, long objects, long objectQuota, long bytes, long byteQuota) {
        return List.of(scope, Long.toString(objects), quota(objectQuota), Long.toString(bytes), quota(byteQuota));
    }

    private static String quota(long most) {
        return most == 0 ? UNLIMITED : Long.toString(most);
    }
}
