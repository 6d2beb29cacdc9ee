package dev.proreus.cli.object;

import dev.proreus.cli.connection.Connection;
import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.failure.FailedException;
import dev.proreus.cli.option.GrpcurlLine;
import dev.proreus.cli.option.Options;
import dev.proreus.cli.output.Terminal;
import dev.proreus.v1.DeleteRequest;
import dev.proreus.v1.DeleteResponse;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Deletes objects by name. */
@Command(
        name = "delete",
        description = "Delete objects by name.",
        footer = {"", "Example:", "  ./proreus delete robot robot-7 robot-8 -w root:acme"})
public final class DeleteCommand implements Callable<Integer> {
    private final Options options;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "TYPE", description = "Any name of the type; or TYPE/NAME.")
    private String type = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "NAME", description = "Names of objects.")
    private List<String> names = new ArrayList<>();

    public DeleteCommand(Options options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<DeleteRequest> requests =
                ObjectName.parse(type, names).stream().map(this::request).toList();
        if (options.grpcurl()) {
            requests.forEach(request ->
                    terminal.line(GrpcurlLine.of(options.server(), ObjectServiceGrpc.getDeleteMethod(), request)));
            return ExitCode.DONE.number();
        }
        try (Connection connection = options.connect()) {
            Outcomes outcomes = new Outcomes(terminal);
            for (DeleteRequest request : requests) {
                outcomes.attempt(() -> delete(connection, request));
            }
            return outcomes.exitCode().number();
        }
    }

    private void delete(Connection connection, DeleteRequest request) {
        DeleteResponse deleted = connection.call(ObjectServiceGrpc.getDeleteMethod(), request);
        boolean gone = deleted.getOutcome() == WriteOutcome.WRITE_OUTCOME_DELETED;
        String how = gone
                ? " deleted in "
                : " is being deleted, once "
                        + String.join(", ", deleted.getObject().getMetadata().getFinalizersList())
                        + " let it go, in ";
        terminal.line(ObjectName.of(deleted.getObject()) + how + options.workspace());
    }

    private DeleteRequest request(ObjectName name) {
        if (name.name().isEmpty()) {
            throw FailedException.because(ExitCode.USAGE, "no name says which " + name.type() + " to delete")
                    .advise("delete " + name.type() + " NAME");
        }
        return DeleteRequest.newBuilder()
                .setWorkspace(options.workspace())
                .setType(name.type())
                .setName(name.name())
                .setFieldManager("cli")
                .build();
    }
}
