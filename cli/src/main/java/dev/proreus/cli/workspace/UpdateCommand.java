package dev.proreus.cli.workspace;

import dev.proreus.cli.connection.Connection;
import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.option.Amount;
import dev.proreus.cli.option.GrpcurlLine;
import dev.proreus.cli.option.Options;
import dev.proreus.cli.output.Terminal;
import dev.proreus.v1.UpdateWorkspaceRequest;
import dev.proreus.v1.Workspace;
import dev.proreus.v1.WorkspaceServiceGrpc;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes how much of a workspace's history is held, and how much it may hold. */
@Command(
        name = "update",
        description = {
            "Change how much of a workspace's history is held, and how much the workspace may hold.",
            "",
            "A quota may lie below what is held: nothing is lost then, and nothing grows."
        },
        footer = {
            "",
            "Examples:",
            "  ./proreus ws update root:acme --retention 10m --retention-bytes 64MiB",
            "  ./proreus ws update root:acme --object-quota 10000 --subtree-byte-quota 1GiB"
        })
final class UpdateCommand implements Callable<Integer> {
    private final Options options;
    private final Terminal terminal;

    @Parameters(paramLabel = "PATH", description = "The workspace.")
    private String path = "";

    @Option(
            names = "--retention",
            paramLabel = "AGE",
            converter = Amount.Time.class,
            description = "How long a state can be read after it was replaced; 0 for as long as the server says.")
    private @Nullable Duration retention;

    @Option(
            names = "--retention-bytes",
            paramLabel = "SIZE",
            converter = Amount.Size.class,
            description = "Most history that is held; 0 for as much as the server says.")
    private @Nullable Long retentionBytes;

    @Option(
            names = "--object-quota",
            paramLabel = "N",
            description = "Most objects that it may hold; 0 for as many as there may be.")
    private @Nullable Long objectQuota;

    @Option(
            names = "--byte-quota",
            paramLabel = "SIZE",
            converter = Amount.Size.class,
            description = "Most bytes that its objects may have, such as 64MiB; 0 for as many as there may be.")
    private @Nullable Long byteQuota;

    @Option(
            names = "--subtree-object-quota",
            paramLabel = "N",
            description = "Most objects that it and all workspaces below it may hold together; 0 for as many as there"
                    + " may be.")
    private @Nullable Long subtreeObjectQuota;

    @Option(
            names = "--subtree-byte-quota",
            paramLabel = "SIZE",
            converter = Amount.Size.class,
            description = "Most bytes that their objects may have together; 0 for as many as there may be.")
    private @Nullable Long subtreeByteQuota;

    UpdateCommand(Options options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        UpdateWorkspaceRequest request = request();
        if (request.equals(
                UpdateWorkspaceRequest.newBuilder().setWorkspace(path).build())) {
            terminal.failure(List.of("nothing to change: give --retention, --retention-bytes or a quota"));
            return ExitCode.USAGE.number();
        }
        if (options.grpcurl()) {
            terminal.line(GrpcurlLine.of(options.server(), WorkspaceServiceGrpc.getUpdateWorkspaceMethod(), request));
            return ExitCode.DONE.number();
        }
        try (Connection connection = options.connect()) {
            Workspace updated = connection
                    .call(WorkspaceServiceGrpc.getUpdateWorkspaceMethod(), request)
                    .getWorkspace();
            terminal.line("workspace " + path + " holds history for "
                    + updated.getRetention().getSeconds() + "s and at most " + updated.getRetentionBytes()
                    + " bytes");
            terminal.line("it may hold " + most(updated.getObjectQuota(), updated.getByteQuota()) + ", its subtree "
                    + most(updated.getSubtreeObjectQuota(), updated.getSubtreeByteQuota()));
        }
        return ExitCode.DONE.number();
    }

    private UpdateWorkspaceRequest request() {
        UpdateWorkspaceRequest.Builder request =
                UpdateWorkspaceRequest.newBuilder().setWorkspace(path);
        if (retention != null) {
            request.setRetention(com.google.protobuf.Duration.newBuilder().setSeconds(retention.toSeconds()));
        }
        ifGiven(retentionBytes, request::setRetentionBytes);
        ifGiven(objectQuota, request::setObjectQuota);
        ifGiven(byteQuota, request::setByteQuota);
        ifGiven(subtreeObjectQuota, request::setSubtreeObjectQuota);
        ifGiven(subtreeByteQuota, request::setSubtreeByteQuota);
        return request.build();
    }

    private static void ifGiven(@Nullable Long value, LongConsumer set) {
        if (value != null) {
            set.accept(value);
        }
    }

    private static String most(long objects, long bytes) {
        return (objects == 0 ? "any number of" : "at most " + objects) + " objects"
                + (bytes == 0 ? "" : " of at most " + bytes + " bytes");
    }
}
