package dev.proreus.cli;

import dev.proreus.cli.dev.DevCommand;
import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.failure.FailedException;
import dev.proreus.cli.failure.Nearest;
import dev.proreus.cli.object.ApplyCommand;
import dev.proreus.cli.object.DeleteCommand;
import dev.proreus.cli.object.DescribeCommand;
import dev.proreus.cli.object.GetCommand;
import dev.proreus.cli.option.Options;
import dev.proreus.cli.output.Terminal;
import dev.proreus.cli.type.TypesCommand;
import dev.proreus.cli.workspace.WorkspaceCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts the verbs together, runs the one that is typed, and tells its failure. */
final class Commands {
    private final Surroundings around;
    private final Terminal terminal;

    Commands(Surroundings around) {
        this.around = around;
        this.terminal = around.terminal();
    }

    /** Runs a command line and returns the exit code. */
    int run(String... arguments) {
        int code = commandLine().execute(arguments);
        boolean read = terminal.flush();
        terminal.err().flush();
        return read ? code : ExitCode.DONE.number();
    }

    private CommandLine commandLine() {
        Options options = new Options(around.dev().environment(), around.channels());
        CommandLine root = new CommandLine(new Proreus(options, terminal))
                .addSubcommand(new DevCommand(options, terminal, around.channels(), around.dev()))
                .addSubcommand(new GetCommand(
                        options, terminal, around.dev().clock(), around.dev().nanoTime()))
                .addSubcommand(
                        new DescribeCommand(options, terminal, around.dev().clock()))
                .addSubcommand(new ApplyCommand(options, terminal, around.standardInput()))
                .addSubcommand(new DeleteCommand(options, terminal))
                .addSubcommand(
                        WorkspaceCommand.of(options, terminal, around.dev().clock()))
                .addSubcommand(new TypesCommand(options, terminal))
                .addSubcommand(new VersionCommand(terminal));
        return root.setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setParameterExceptionHandler((failure, args) -> misused(failure))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure));
    }

    private int misused(ParameterException misuse) {
        CommandLine command = misuse.getCommandLine();
        String what = String.valueOf(misuse.getMessage());
        Optional<String> meant = Optional.empty();
        if (misuse instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            boolean verb = !word.startsWith("-") && !command.getSubcommands().isEmpty();
            what = verb ? "there is no verb '" + word + "'" : what;
            meant = Nearest.to(word, verb ? command.getSubcommands().keySet().stream() : names(command));
        }
        List<String> lines = new ArrayList<>(List.of(what));
        meant.ifPresent(word -> lines.add("  try: did you mean " + word + "?"));
        lines.add("  try: " + command.getCommandSpec().qualifiedName() + " --help");
        terminal.failure(lines);
        return ExitCode.USAGE.number();
    }

    private static Stream<String> names(CommandLine command) {
        return command.getCommandSpec().options().stream().flatMap(option -> Stream.of(option.names()));
    }

    private int failed(Exception failure) throws Exception {
        if (failure instanceof FailedException told) {
            terminal.failure(told.lines());
            return told.exitCode().number();
        }
        throw failure;
    }
}
