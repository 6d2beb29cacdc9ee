package dev.proreus.cli.workspace;

import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.option.Options;
import dev.proreus.cli.output.Terminal;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The verbs for workspaces. */
@Command(name = "ws", description = "Show the tree of workspaces and what they use; create, update and delete them.")
public final class WorkspaceCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private WorkspaceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Returns the command with its verbs. */
    public static CommandLine of(Options options, Terminal terminal, InstantSource clock) {
        return new CommandLine(new WorkspaceCommand(terminal))
                .addSubcommand(new TreeCommand(options, terminal, clock))
                .addSubcommand(new ListCommand(options, terminal, clock))
                .addSubcommand(new UsageCommand(options, terminal))
                .addSubcommand(new CreateCommand(options, terminal))
                .addSubcommand(new UpdateCommand(options, terminal))
                .addSubcommand(new DeleteCommand(options, terminal, clock))
                .addSubcommand(new UndeleteCommand(options, terminal));
    }

    @Override
    public Integer call() {
        terminal.failure(List.of("ws needs a verb: tree, list, usage, create, update, delete or undelete"));
        spec.commandLine().usage(terminal.err());
        return ExitCode.USAGE.number();
    }
}
