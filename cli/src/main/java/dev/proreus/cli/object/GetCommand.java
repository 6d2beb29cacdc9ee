package dev.proreus.cli.object;

import com.google.protobuf.Message;
import dev.proreus.cli.connection.Connection;
import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.failure.FailedException;
import dev.proreus.cli.option.GrpcurlLine;
import dev.proreus.cli.option.Options;
import dev.proreus.cli.option.OutputForm;
import dev.proreus.cli.output.Terminal;
import dev.proreus.v1.GetRequest;
import dev.proreus.v1.GetResponse;
import dev.proreus.v1.ListItem;
import dev.proreus.v1.ListRequest;
import dev.proreus.v1.ListResponse;
import dev.proreus.v1.ObjectServiceGrpc;
import dev.proreus.v1.ResolveTypeRequest;
import dev.proreus.v1.ResourceType;
import dev.proreus.v1.TypeServiceGrpc;
import dev.proreus.v1.WatchRequest;
import io.grpc.MethodDescriptor;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows objects, once or as they change. */
@Command(
        name = "get",
        description = "Show objects of a type, one by name, or with --watch as they change.",
        footer = {
            "",
            "Examples:",
            "  ./proreus get robots -w root:acme",
            "  ./proreus get robots -w root:acme -l 'tier in (gold, silver),!retired'",
            "  ./proreus get robots -w root:acme --field-selector spec.agent=fleet --watch",
            "  ./proreus get robot robot-1 -w root:acme -o yaml"
        })
public final class GetCommand implements Callable<Integer> {
    private final Options options;
    private final Terminal terminal;
    private final InstantSource clock;
    private final LongSupplier nanoTime;

    @Parameters(index = "0", paramLabel = "TYPE", description = "Any name of the type; or TYPE/NAME.")
    private String type = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "NAME", description = "Names of objects.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--watch", description = "Go on showing changes, also across restarts of the server.")
    private boolean watch;

    @Option(
            names = {"-l", "--selector"},
            paramLabel = "SELECTOR",
            description =
                    "Only objects with such labels: tier=gold, tier!=gold, tier in (a, b), tier, !tier; ',' is and.")
    private String labelSelector = "";

    @Option(
            names = "--field-selector",
            paramLabel = "SELECTOR",
            description = "Only objects with such fields: metadata.name, or one that the type declares, and =, !=, in"
                    + " or notin.")
    private String fieldSelector = "";

    public GetCommand(Options options, Terminal terminal, InstantSource clock, LongSupplier nanoTime) {
        this.options = options;
        this.terminal = terminal;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    @Override
    public Integer call() {
        List<ObjectName> wanted = ObjectName.parse(type, names);
        requireOneType(wanted);
        requireNoNameBesideSelectors(wanted);
        if (options.grpcurl()) {
            wanted.forEach(this::printCall);
            return ExitCode.DONE.number();
        }
        try (Connection connection = options.connect()) {
            if (watch) {
                return watch(connection, only(wanted));
            }
            boolean single = wanted.size() == 1 && !wanted.get(0).name().isEmpty();
            if (single && options.outputOr(OutputForm.TABLE) == OutputForm.JSON) {
                GetResponse found = connection.call(ObjectServiceGrpc.getGetMethod(), getRequest(wanted.get(0)));
                ObjectPrinter.jsonAlone(terminal, found.getObject());
            } else {
                show(connection, wanted);
            }
            return ExitCode.DONE.number();
        }
    }

    private void show(Connection connection, List<ObjectName> names) {
        ObjectPrinter printer = printer(connection, names.get(0).type());
        long revision = 0;
        for (ObjectName name : names) {
            revision = name.name().isEmpty() ? list(connection, name, printer) : get(connection, name, printer);
        }
        printer.end(revision);
    }

    private long get(Connection connection, ObjectName name, ObjectPrinter printer) {
        GetResponse found = connection.call(ObjectServiceGrpc.getGetMethod(), getRequest(name));
        printer.page(List.of(ListItem.newBuilder()
                .setObject(found.getObject())
                .setDerived(found.getDerived())
                .build()));
        return found.getRevision();
    }

    private long list(Connection connection, ObjectName name, ObjectPrinter printer) {
        ListResponse last = ListResponse.getDefaultInstance();
        long shown = 0;
        do {
            ListRequest next = listRequest(name).toBuilder()
                    .setPageToken(last.getNextPageToken())
                    .build();
            last = connection.call(ObjectServiceGrpc.getListMethod(), next);
            printer.page(last.getItemsList());
            shown += last.getItemsCount();
        } while (!last.getNextPageToken().isEmpty());
        if (shown == 0 && options.outputOr(OutputForm.TABLE) == OutputForm.TABLE) {
            String which = labelSelector.isEmpty() && fieldSelector.isEmpty() ? "" : " that the selectors choose";
            terminal.notice("no " + name.type() + " in " + options.workspace() + which);
        }
        return last.getRevision();
    }

    private int watch(Connection connection, ObjectName name) {
        ResourceType type = resolve(connection, name.type());
        WatchRequest request = watchRequest(name);
        ObjectView view =
                ObjectView.in(options.outputOr(OutputForm.TABLE), terminal, new ObjectColumns(type, clock), clock);
        new WatchedObjects(connection, nanoTime, request, type, view).follow();
        return ExitCode.DONE.number();
    }

    private ObjectPrinter printer(Connection connection, String type) {
        return switch (options.outputOr(OutputForm.TABLE)) {
            case TABLE -> ObjectPrinter.table(terminal, new ObjectColumns(resolve(connection, type), clock));
            case YAML -> ObjectPrinter.yaml(terminal);
            case JSON -> ObjectPrinter.json(terminal);
            case NAME -> ObjectPrinter.names(terminal);
        };
    }

    private ResourceType resolve(Connection connection, String type) {
        ResolveTypeRequest request = ResolveTypeRequest.newBuilder()
                .setWorkspace(options.workspace())
                .setType(type)
                .build();
        return connection.call(TypeServiceGrpc.getResolveTypeMethod(), request).getType();
    }

    private void printCall(ObjectName name) {
        if (watch) {
            printCall(ObjectServiceGrpc.getWatchMethod(), watchRequest(name));
        } else if (name.name().isEmpty()) {
            printCall(ObjectServiceGrpc.getListMethod(), listRequest(name));
        } else {
            printCall(ObjectServiceGrpc.getGetMethod(), getRequest(name));
        }
    }

    private void printCall(MethodDescriptor<?, ?> method, Message request) {
        terminal.line(GrpcurlLine.of(options.server(), method, request));
    }

    private GetRequest getRequest(ObjectName name) {
        return GetRequest.newBuilder()
                .setWorkspace(options.workspace())
                .setType(name.type())
                .setName(name.name())
                .build();
    }

    private ListRequest listRequest(ObjectName name) {
        return ListRequest.newBuilder()
                .setWorkspace(options.workspace())
                .setType(name.type())
                .setLabelSelector(labelSelector)
                .setFieldSelector(fieldSelector)
                .build();
    }

    private WatchRequest watchRequest(ObjectName name) {
        return WatchRequest.newBuilder()
                .setWorkspace(options.workspace())
                .setType(name.type())
                .setName(name.name())
                .setLabelSelector(labelSelector)
                .setFieldSelector(fieldSelector)
                .build();
    }

    private void requireNoNameBesideSelectors(List<ObjectName> names) {
        boolean selects = !labelSelector.isEmpty() || !fieldSelector.isEmpty();
        if (selects && names.stream().anyMatch(name -> !name.name().isEmpty())) {
            throw FailedException.because(
                    ExitCode.USAGE, "selectors choose among all objects of the type: leave the names out");
        }
    }

    private static void requireOneType(List<ObjectName> names) {
        if (names.stream().map(ObjectName::type).distinct().count() > 1) {
            throw FailedException.because(ExitCode.USAGE, "get shows objects of one type at a time");
        }
    }

    private static ObjectName only(List<ObjectName> names) {
        if (names.size() > 1) {
            throw FailedException.because(
                    ExitCode.USAGE, "--watch takes one name, or none for all objects of the type");
        }
        return names.get(0);
    }
}
