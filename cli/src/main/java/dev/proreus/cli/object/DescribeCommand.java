package dev.proreus.cli.object;

import dev.proreus.cli.connection.Connection;
import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.failure.FailedException;
import dev.proreus.cli.form.JsonText;
import dev.proreus.cli.form.MessageTree;
import dev.proreus.cli.form.YamlText;
import dev.proreus.cli.option.GrpcurlLine;
import dev.proreus.cli.option.Options;
import dev.proreus.cli.option.OutputForm;
import dev.proreus.cli.output.Terminal;
import dev.proreus.v1.GetRequest;
import dev.proreus.v1.GetResponse;
import dev.proreus.v1.ObjectServiceGrpc;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells all about one object, what is derived from it included. */
@Command(
        name = "describe",
        description = "Tell all about an object: metadata, spec, status, conditions, who drives it and how it fares.",
        footer = {"", "Example:", "  ./proreus describe robot robot-1 -w root:acme"})
public final class DescribeCommand implements Callable<Integer> {
    private final Options options;
    private final Terminal terminal;
    private final InstantSource clock;

    @Parameters(index = "0", paramLabel = "TYPE", description = "Any name of the type; or TYPE/NAME.")
    private String type = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "NAME", description = "Names of objects.")
    private List<String> names = new ArrayList<>();

    public DescribeCommand(Options options, Terminal terminal, InstantSource clock) {
        this.options = options;
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        List<GetRequest> requests =
                ObjectName.parse(type, names).stream().map(this::request).toList();
        if (options.grpcurl()) {
            requests.forEach(request ->
                    terminal.line(GrpcurlLine.of(options.server(), ObjectServiceGrpc.getGetMethod(), request)));
            return ExitCode.DONE.number();
        }
        try (Connection connection = options.connect()) {
            String between = "";
            for (GetRequest request : requests) {
                terminal.text(between);
                print(connection.call(ObjectServiceGrpc.getGetMethod(), request));
                between = "\n";
            }
            return ExitCode.DONE.number();
        }
    }

    private void print(GetResponse found) {
        switch (options.outputOr(OutputForm.TABLE)) {
            case TABLE -> new Description(terminal, clock.instant()).print(options.workspace(), found);
            case YAML -> terminal.text(YamlText.of(MessageTree.of(found)));
            case JSON -> terminal.line(JsonText.pretty(MessageTree.of(found)));
            case NAME -> terminal.line(ObjectName.of(found.getObject()));
        }
    }

    private GetRequest request(ObjectName name) {
        if (name.name().isEmpty()) {
            throw FailedException.because(ExitCode.USAGE, "no name says which " + name.type() + " to describe")
                    .advise("get " + name.type() + ", which lists them");
        }
        return GetRequest.newBuilder()
                .setWorkspace(options.workspace())
                .setType(name.type())
                .setName(name.name())
                .build();
    }
}
