package dev.proreus.loadtest.restart;

import dev.proreus.loadtest.process.Launch;
import dev.proreus.loadtest.process.LaunchChoice;
import dev.proreus.loadtest.process.Scenario;
import dev.proreus.loadtest.process.Surroundings;
import dev.proreus.loadtest.report.Output;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench restart}: how soon a server with much data answers again. */
@Command(
        name = "restart",
        description = "Fills a store, then starts its server again and again, after clean stops and after SIGKILL with"
                + " as much write-ahead log as it may have, and looks at how long the first read and the first durable"
                + " write take from the command on. Exit code 0 only where the slowest stays within --within and"
                + " --within-killed.",
        mixinStandardHelpOptions = true)
public final class RestartCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int FAILED = 1;

    private final Surroundings around;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Option(
            names = "--objects",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Objects in the store. Default: ${DEFAULT-VALUE}")
    private int objects;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            defaultValue = "1024",
            description = "Bytes of each object's spec. Default: ${DEFAULT-VALUE}")
    private int size;

    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "5",
            description = "Starts after a clean stop, and as many after a kill. Default: ${DEFAULT-VALUE}")
    private int times;

    @Option(
            names = "--within",
            paramLabel = "S",
            defaultValue = "3",
            description = "Seconds that a start may take after a clean stop. Default: ${DEFAULT-VALUE}")
    private double within;

    @Option(
            names = "--within-killed",
            paramLabel = "S",
            defaultValue = "5",
            description = "Seconds that a start may take after a kill. Default: ${DEFAULT-VALUE}")
    private double withinKilled;

    @Mixin
    private final LaunchChoice launch = new LaunchChoice(false);

    @Mixin
    private final Output output = new Output();

    /**
     * Makes the verb.
     *
     * @param around what it needs of the world
     */
    public RestartCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        RestartPlan plan = Scenario.planned(spec, () -> new RestartPlan(objects, size, times, within, withinKilled));
        PrintWriter err = spec.commandLine().getErr();
        return launch.run(around, Launch.with(""), (server, folder) -> {
            RestartResult result = new Restart(plan, server, folder, around, err).run();
            output.print(result.figures());
            return result.holds() ? DONE : FAILED;
        });
    }
}
