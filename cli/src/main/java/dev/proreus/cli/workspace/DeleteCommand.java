package dev.proreus.cli.workspace;

import com.google.protobuf.Timestamp;
import dev.proreus.cli.connection.Connection;
import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.option.Amount;
import dev.proreus.cli.option.GrpcurlLine;
import dev.proreus.cli.option.Options;
import dev.proreus.cli.output.Terminal;
import dev.proreus.v1.DeleteWorkspaceRequest;
import dev.proreus.v1.Workspace;
import dev.proreus.v1.WorkspaceServiceGrpc;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes a workspace with all that lies below it. */
@Command(
        name = "delete",
        description = {
            "Delete a workspace, with all objects in it and all workspaces below it.",
            "",
            "One that holds something is deleted only with --grace, within which it can be undeleted, or --force."
                    + " After the grace, or with --grace 0s, agents that hold finalizers still get to act; --force"
                    + " waits for nobody."
        },
        footer = {
            "",
            "Examples:",
            "  ./proreus ws delete root:acme:berlin",
            "  ./proreus ws delete root:acme --grace 1h"
        })
final class DeleteCommand implements Callable<Integer> {
    private final Options options;
    private final Terminal terminal;
    private final InstantSource clock;

    @Parameters(paramLabel = "PATH", description = "The workspace, such as root:acme:berlin.")
    private String path = "";

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            converter = Amount.Time.class,
            description = "How long the deletion can be taken back, such as 1h; 0s for not at all.")
    private @Nullable Duration grace;

    @Option(names = "--force", description = "Delete it at once, whatever it holds and whoever has to act before.")
    private boolean force;

    DeleteCommand(Options options, Terminal terminal, InstantSource clock) {
        this.options = options;
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        DeleteWorkspaceRequest request = request();
        if (options.grpcurl()) {
            terminal.line(GrpcurlLine.of(options.server(), WorkspaceServiceGrpc.getDeleteWorkspaceMethod(), request));
            return ExitCode.DONE.number();
        }
        try (Connection connection = options.connect()) {
            Workspace workspace = connection
                    .call(WorkspaceServiceGrpc.getDeleteWorkspaceMethod(), request)
                    .getWorkspace();
            terminal.line("workspace " + path + " " + outcome(workspace, clock.instant()));
        }
        return ExitCode.DONE.number();
    }

    private DeleteWorkspaceRequest request() {
        DeleteWorkspaceRequest.Builder request =
                DeleteWorkspaceRequest.newBuilder().setWorkspace(path).setForce(force);
        if (grace != null) {
            request.setGrace(com.google.protobuf.Duration.newBuilder()
                    .setSeconds(grace.getSeconds())
                    .setNanos(grace.getNano()));
        }
        return request.build();
    }

    private static Instant end(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    /** Returns what has become of a workspace whose deletion was asked for, of now or of before. */
    static String outcome(Workspace workspace, Instant now) {
        if (workspace.getState() != Workspace.State.STATE_TERMINATING) {
            return "deleted";
        }
        Instant graceEnd = end(workspace.getGraceEnd());
        boolean noGrace = workspace.getGraceEnd().equals(workspace.getDeletionTimestamp());
        return noGrace || graceEnd.isBefore(now)
                ? "is being deleted: it goes once its last finalizer is removed"
                : "is being deleted: it can be undeleted until " + graceEnd;
    }
}
