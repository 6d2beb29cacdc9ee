package dev.proreus.loadtest;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench}: the load scenarios, each a verb of its own. */
@Command(
        name = "bench",
        description = "Runs a load scenario.",
        synopsisSubcommandLabel = "SCENARIO",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    BenchCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which scenario, such as fanout");
    }
}
