package dev.proreus.loadtest.fanout;

import dev.proreus.loadtest.process.Scenario;
import dev.proreus.loadtest.process.ServerChoice;
import dev.proreus.loadtest.process.ServerMemory;
import dev.proreus.loadtest.process.ServerProbe;
import dev.proreus.loadtest.process.Surroundings;
import dev.proreus.loadtest.report.Output;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench laggards}: half of the readers stop reading for a while. */
@Command(
        name = "laggards",
        description = "Lets half of the readers stop reading for a while, and looks at what the others, the server's"
                + " memory, and they themselves notice. Exit code 0 only where the others' delivery lag (p99) stays"
                + " within 2 times its value before, heap and direct memory grow by no more than 64 MiB and 128 KiB for"
                + " each stopped stream, and everybody was told everything in order; of those that stop some want the"
                + " newest states alone, and must have them all at a bookmark.",
        mixinStandardHelpOptions = true)
public final class LaggardsCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int FAILED = 1;

    private final Surroundings around;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Option(
            names = "--readers",
            paramLabel = "N",
            defaultValue = "200",
            description = "Readers, of which half stop. Default: ${DEFAULT-VALUE}")
    private int readers;

    @Option(
            names = "--connections",
            paramLabel = "C",
            defaultValue = "40",
            description = "Connections, half of them for those that stop. Default: ${DEFAULT-VALUE}")
    private int connections;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "2000",
            description = "Writes a second, each an event for every reader. Default: ${DEFAULT-VALUE}")
    private int rate;

    @Option(
            names = "--padding",
            paramLabel = "CHARS",
            defaultValue = "256",
            description = "Characters that fill each object. Default: ${DEFAULT-VALUE}")
    private int padding;

    @Option(
            names = "--settle",
            paramLabel = "S",
            defaultValue = "100",
            description = "Seconds before anything is measured: code gets warm, and what waited meanwhile is worked"
                    + " off. Default: ${DEFAULT-VALUE}")
    private int settle;

    @Option(
            names = "--before",
            paramLabel = "S",
            defaultValue = "20",
            description = "Seconds that are measured while all read. Default: ${DEFAULT-VALUE}")
    private int before;

    @Option(
            names = "--stopped",
            paramLabel = "S",
            defaultValue = "30",
            description = "Seconds in which half do not read. Default: ${DEFAULT-VALUE}")
    private int stopped;

    @Mixin
    private final ServerChoice server = new ServerChoice();

    @Mixin
    private final Output output = new Output();

    /**
     * Makes the verb.
     *
     * @param around what it needs of the world
     */
    public LaggardsCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        LaggardsPlan plan = plan();
        return server.run(around, ServerMemory.JAVA_OPTIONS, (target, probe) -> run(plan, target, probe));
    }

    private LaggardsPlan plan() {
        return Scenario.planned(
                spec, () -> new LaggardsPlan(readers, connections, rate, padding, settle, before, stopped));
    }

    private int run(LaggardsPlan plan, String target, ServerProbe probe) throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        LaggardsResult result = new Laggards(plan, target, around, probe, err).run();
        output.print(result.figures());
        return result.holds() ? DONE : FAILED;
    }
}
