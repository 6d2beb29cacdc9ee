package dev.proreus.loadtest.workspaces;

import dev.proreus.loadtest.process.Launch;
import dev.proreus.loadtest.process.LaunchChoice;
import dev.proreus.loadtest.process.Scenario;
import dev.proreus.loadtest.process.ServerMemory;
import dev.proreus.loadtest.process.Surroundings;
import dev.proreus.loadtest.report.Output;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench workspaces}: what many idle workspaces cost. */
@Command(
        name = "workspaces",
        description = "Makes many workspaces by many clients, weighs what each takes of the server's heap, then starts"
                + " the server again and again with all of them. Exit code 0 only where each takes at most --heap-bytes"
                + " after a collection, they are made at --per-second or more, and the slowest start stays within"
                + " --within.",
        mixinStandardHelpOptions = true)
public final class WorkspacesCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int FAILED = 1;

    private final Surroundings around;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Workspaces. Default: ${DEFAULT-VALUE}")
    private int count;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            defaultValue = "50000",
            description = "How many of them are made before it is measured, so that both sides are warm. Default:"
                    + " ${DEFAULT-VALUE}")
    private int warmUp;

    @Option(
            names = "--clients",
            paramLabel = "C",
            defaultValue = "512",
            description = "Clients, each making one at a time. Default: ${DEFAULT-VALUE}")
    private int clients;

    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "5",
            description = "Starts with all of them. Default: ${DEFAULT-VALUE}")
    private int times;

    @Option(
            names = "--heap-bytes",
            paramLabel = "BYTES",
            defaultValue = "2048",
            description = "Bytes of heap that a workspace may take. Default: ${DEFAULT-VALUE}")
    private long heapBytes;

    @Option(
            names = "--per-second",
            paramLabel = "R",
            defaultValue = "5000",
            description = "Workspaces that must be made in a second. Default: ${DEFAULT-VALUE}")
    private double perSecond;

    @Option(
            names = "--within",
            paramLabel = "S",
            defaultValue = "3",
            description = "Seconds that a start may take. Default: ${DEFAULT-VALUE}")
    private double within;

    @Mixin
    private final LaunchChoice launch = new LaunchChoice(false);

    @Mixin
    private final Output output = new Output();

    /**
     * Makes the verb.
     *
     * @param around what it needs of the world
     */
    public WorkspacesCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        WorkspacesPlan plan = Scenario.planned(
                spec, () -> new WorkspacesPlan(count, warmUp, clients, times, heapBytes, perSecond, within));
        PrintWriter err = spec.commandLine().getErr();
        return launch.run(around, Launch.with(ServerMemory.JAVA_OPTIONS), (server, folder) -> {
            WorkspacesResult result = new Workspaces(plan, server, around, err).run();
            output.print(result.figures());
            return result.holds() ? DONE : FAILED;
        });
    }
}
