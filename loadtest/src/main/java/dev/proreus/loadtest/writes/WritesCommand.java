package dev.proreus.loadtest.writes;

import dev.proreus.loadtest.process.Scenario;
import dev.proreus.loadtest.process.ServerChoice;
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

/** {@code bench writes}: durable writes, as fast as they are answered. */
@Command(
        name = "writes",
        description = "Lets many clients write objects, each the next when the last is answered, and checks that every"
                + " write took a revision. Exit code 0 only where each did.",
        mixinStandardHelpOptions = true)
public final class WritesCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int FAILED = 1;

    private final Surroundings around;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Clients, one write under way each. Default: ${DEFAULT-VALUE}")
    private int clients;

    @Option(
            names = "--connections",
            paramLabel = "C",
            defaultValue = "100",
            description = "Connections that they share. Default: ${DEFAULT-VALUE}")
    private int connections;

    @Option(
            names = "--total",
            paramLabel = "M",
            defaultValue = "100000",
            description = "Writes. Default: ${DEFAULT-VALUE}")
    private int total;

    @Option(
            names = "--objects",
            paramLabel = "K",
            defaultValue = "100000",
            description = "Objects that are written one after the other, and then again. Default: ${DEFAULT-VALUE}")
    private int objects;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            defaultValue = "256",
            description = "Bytes of each object's spec. Default: ${DEFAULT-VALUE}")
    private int size;

    @Option(
            names = "--warmup",
            paramLabel = "M",
            defaultValue = "0",
            description = "Writes of a run before the one that counts, so that both sides are warm."
                    + " Default: ${DEFAULT-VALUE}")
    private int warmup;

    @Mixin
    private final ServerChoice server = new ServerChoice();

    @Mixin
    private final Output output = new Output();

    /**
     * Makes the verb.
     *
     * @param around what it needs of the world
     */
    public WritesCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        WritesPlan plan = plan(total);
        return server.run(around, "", (target, probe) -> run(plan, target, probe));
    }

    private WritesPlan plan(int writes) {
        return Scenario.planned(spec, () -> new WritesPlan(clients, connections, writes, objects, size));
    }

    private int run(WritesPlan plan, String target, ServerProbe probe) throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        if (warmup > 0) {
            new Writes(plan(warmup), target, around, new ServerProbe(0, null), err).run();
        }
        WritesResult result = new Writes(plan, target, around, probe, err).run();
        output.print(result.figures().json(), result.text());
        return result.holds() ? DONE : FAILED;
    }
}
