package dev.proreus.cli;

import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.option.Options;
import dev.proreus.cli.output.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command above all verbs. */
@Command(
        name = "./proreus",
        description = "Declares desired state, and watches agents realise it.",
        synopsisSubcommandLabel = "VERB",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:the command line is wrong",
            "3:the object, type or workspace does not exist",
            "4:it did not happen in time",
            "5:somebody else was there before (version, field manager, name)"
        },
        footer = {"", "Other verbs, with a --help of their own: serve, fleet, bench.", "", "To begin: ./proreus dev"})
final class Proreus implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final Options options;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    Proreus(Options options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.failure(List.of("no verb says what to do"));
        spec.commandLine().usage(terminal.err());
        return ExitCode.USAGE.number();
    }

    Options options() {
        return options;
    }
}
