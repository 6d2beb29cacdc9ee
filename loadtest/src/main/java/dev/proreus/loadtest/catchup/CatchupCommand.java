package dev.proreus.loadtest.catchup;

import dev.proreus.loadtest.process.Scenario;
import dev.proreus.loadtest.process.ServerChoice;
import dev.proreus.loadtest.process.ServerProbe;
import dev.proreus.loadtest.process.Surroundings;
import dev.proreus.loadtest.report.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench catchup}: a watcher far behind. */
@Command(
        name = "catchup",
        description = "Writes at a steady rate, by turns without and with a watcher that is far behind, and looks at"
                + " how long the watcher takes and what the writes feel of it. Exit code 0 only where every revision"
                + " came in order, the slowest catch-up stays within --within, and the median of the pairs' write p99"
                + " ratios within --slower.",
        mixinStandardHelpOptions = true)
public final class CatchupCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int FAILED = 1;

    private final Surroundings around;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Option(
            names = "--behind",
            paramLabel = "N",
            defaultValue = "500000",
            description = "Revisions that the watcher is behind. Default: ${DEFAULT-VALUE}")
    private int behind;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "2000",
            description = "Writes a second. Default: ${DEFAULT-VALUE}")
    private int rate;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            defaultValue = "1024",
            description = "Bytes of each object's spec. Default: ${DEFAULT-VALUE}")
    private int size;

    @Option(
            names = "--objects",
            paramLabel = "K",
            defaultValue = "10000",
            description = "Objects that are written in turn. Default: ${DEFAULT-VALUE}")
    private int objects;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            defaultValue = "2",
            description = "Pairs before those that count, so that both sides are warm. Default: ${DEFAULT-VALUE}")
    private int warmUps;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            defaultValue = "5",
            description = "Pairs of measurements, without and with the watcher. Default: ${DEFAULT-VALUE}")
    private int pairs;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "10",
            description = "How long each measures at least. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--within",
            paramLabel = "S",
            defaultValue = "10",
            description = "Seconds in which the watcher must have caught up. Default: ${DEFAULT-VALUE}")
    private double within;

    @Option(
            names = "--slower",
            paramLabel = "X",
            defaultValue = "1.5",
            description = "How many times their p99 the writes' p99 may be meanwhile. Default: ${DEFAULT-VALUE}")
    private double slower;

    @Mixin
    private final ServerChoice server = new ServerChoice();

    @Mixin
    private final Output output = new Output();

    /**
     * Makes the verb.
     *
     * @param around what it needs of the world
     */
    public CatchupCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        CatchupPlan plan = plan();
        return server.run(around, "", (target, probe) -> run(plan, target, probe));
    }

    private CatchupPlan plan() {
        return Scenario.planned(
                spec, () -> new CatchupPlan(behind, rate, size, objects, warmUps, pairs, seconds, within, slower));
    }

    private int run(CatchupPlan plan, String target, ServerProbe probe) throws InterruptedException {
        CatchupResult result =
                new Catchup(plan, target, around, probe, spec.commandLine().getErr()).run();
        output.print(result.figures());
        return result.holds() ? DONE : FAILED;
    }
}
