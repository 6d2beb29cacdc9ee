package dev.proreus.cli.type;

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
import dev.proreus.v1.ListTypesRequest;
import dev.proreus.v1.ListTypesResponse;
import dev.proreus.v1.ResourceType;
import dev.proreus.v1.TypeServiceGrpc;
import dev.proreus.v1.TypeVersion;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Lists the resource types that are visible in a workspace. */
@Command(
        name = "types",
        description = "List the resource types that are visible in a workspace.",
        footer = {"", "Example:", "  ./proreus types -w root:acme"})
public final class TypesCommand implements Callable<Integer> {
    private static final List<String> HEADS =
            List.of("NAME", "KIND", "SHORT", "VERSIONS", "ASSIGNED BY", "DEFINED IN", "INHERIT");

    private final Options options;
    private final Terminal terminal;

    public TypesCommand(Options options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ListTypesRequest request =
                ListTypesRequest.newBuilder().setWorkspace(options.workspace()).build();
        if (options.grpcurl()) {
            terminal.line(GrpcurlLine.of(options.server(), TypeServiceGrpc.getListTypesMethod(), request));
            return ExitCode.DONE.number();
        }
        try (Connection connection = options.connect()) {
            print(connection.call(TypeServiceGrpc.getListTypesMethod(), request));
        }
        return ExitCode.DONE.number();
    }

    private void print(ListTypesResponse found) {
        switch (options.outputOr(OutputForm.TABLE)) {
            case TABLE -> table(found.getTypesList());
            case YAML -> terminal.text(YamlText.of(MessageTree.of(found)));
            case JSON -> terminal.line(JsonText.pretty(MessageTree.of(found)));
            case NAME -> found.getTypesList().forEach(type -> terminal.line(type.getName()));
        }
    }

    private void table(List<ResourceType> types) {
        Columns columns = new Columns(terminal, HEADS, Set.of());
        List<List<String>> rows = types.stream().map(TypesCommand::row).toList();
        columns.fit(rows);
        terminal.line(columns.head());
        rows.forEach(row -> terminal.line(columns.line(row)));
    }

    private static List<String> row(ResourceType type) {
        return List.of(
                type.getName(),
                type.getKind(),
                String.join(",", type.getShortNamesList()),
                type.getVersionsList().stream().map(TypeVersion::getName).collect(Collectors.joining(",")),
                type.getAssignmentField(),
                type.getSystem() ? "system" : type.getDefinedIn(),
                type.getInherit() ? "yes" : "no");
    }
}
