package dev.proreus.loadtest.fanout;

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

/** {@code bench fanout}: writes, and checks what many watches are told. */
@Command(
        name = "fanout",
        description =
                "Lets many watches look at one type, writes, and checks that each is told every revision in order."
                        + " Exit code 0 only where nothing was missing or out of order.",
        mixinStandardHelpOptions = true)
public final class FanoutCommand implements Callable<Integer> {
    /** Watches that share a connection where the number of connections is not said. */
    private static final int WATCHERS_A_CONNECTION = 64;

    private static final int DONE = 0;
    private static final int FAILED = 1;

    private final Surroundings around;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Option(
            names = "--watchers",
            paramLabel = "N",
            defaultValue = "100",
            description = "Streams that watch. Default: ${DEFAULT-VALUE}")
    private int watchers;

    @Option(
            names = "--events",
            paramLabel = "M",
            defaultValue = "2000",
            description = "Writes, each an event for every watcher. Default: ${DEFAULT-VALUE}")
    private int events;

    @Option(
            names = "--connections",
            paramLabel = "C",
            defaultValue = "0",
            description = "Connections that the watchers share. Default: one for each 64 watchers")
    private int connections;

    @Option(
            names = "--writers",
            paramLabel = "W",
            defaultValue = "16",
            description = "Clients that write, one write each at a time. Default: ${DEFAULT-VALUE}")
    private int writers;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "0",
            description = "Writes a second; 0 is as fast as they are answered. Default: ${DEFAULT-VALUE}")
    private int rate;

    @Option(
            names = "--padding",
            paramLabel = "CHARS",
            defaultValue = "0",
            description = "Characters that fill each object. Default: ${DEFAULT-VALUE}")
    private int padding;

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
    public FanoutCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        FanoutPlan plan = plan(events);
        return server.run(around, "", (target, probe) -> run(plan, target, probe));
    }

    private FanoutPlan plan(int writes) {
        int shared = connections > 0 ? connections : (watchers + WATCHERS_A_CONNECTION - 1) / WATCHERS_A_CONNECTION;
        return Scenario.planned(
                spec,
                () -> new FanoutPlan(
                        watchers, Math.max(1, shared), writes, Math.min(writers, Math.max(1, writes)), rate, padding));
    }

    private int run(FanoutPlan plan, String target, ServerProbe probe) throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        if (warmup > 0) {
            new Fanout(plan(warmup), target, around, new ServerProbe(0, null), err).run();
        }
        FanoutResult result = new Fanout(plan, target, around, probe, err).run();
        output.print(result.json(), result.text());
        return result.checks().hold() ? DONE : FAILED;
    }
}
