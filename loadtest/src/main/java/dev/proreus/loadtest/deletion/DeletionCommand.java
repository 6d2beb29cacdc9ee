package dev.proreus.loadtest.deletion;

import dev.proreus.loadtest.process.Launch;
import dev.proreus.loadtest.process.LaunchChoice;
import dev.proreus.loadtest.process.Scenario;
import dev.proreus.loadtest.process.Surroundings;
import dev.proreus.loadtest.report.Output;
import dev.proreus.loadtest.report.Telling;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench deletion}: a large subtree that goes at once. */
@Command(
        name = "deletion",
        description = "Builds a subtree of workspaces with objects and watchers beside others who write, deletes it by"
                + " force, and looks at who notices what. Exit code 0 only where each time all its watchers are told"
                + " within 1 s of the answer, reads are refused at once, its keys are deleted within 30 s, the files"
                + " are at most 1.3 times the live data within --settle, and the median of the ratios of others' write"
                + " p99 stays within 1.5.",
        mixinStandardHelpOptions = true)
public final class DeletionCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int FAILED = 1;

    private final Surroundings around;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Option(
            names = "--workspaces",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Workspaces of the subtree. Default: ${DEFAULT-VALUE}")
    private int workspaces;

    @Option(
            names = "--objects",
            paramLabel = "N",
            defaultValue = "10",
            description = "Objects in each. Default: ${DEFAULT-VALUE}")
    private int objects;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            defaultValue = "1024",
            description = "Bytes of each object's spec. Default: ${DEFAULT-VALUE}")
    private int size;

    @Option(
            names = "--watchers",
            paramLabel = "N",
            defaultValue = "300",
            description = "Watches within the subtree. Default: ${DEFAULT-VALUE}")
    private int watchers;

    @Option(
            names = "--clients",
            paramLabel = "C",
            defaultValue = "256",
            description = "Clients that build it. Default: ${DEFAULT-VALUE}")
    private int clients;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "500",
            description = "Writes a second of others. Default: ${DEFAULT-VALUE}")
    private int rate;

    @Option(
            names = "--others",
            paramLabel = "N",
            defaultValue = "50000",
            description = "Objects of others. Default: ${DEFAULT-VALUE}")
    private int others;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            defaultValue = "3",
            description = "Rounds before those that count, so that both sides are warm. Default: ${DEFAULT-VALUE}")
    private int warmUps;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Subtrees that are built and deleted, one after another. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "10",
            description = "How long the writes of others are measured before, and at least meanwhile."
                    + " Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(
            names = "--settle",
            paramLabel = "S",
            defaultValue = "300",
            description = "Seconds in which the files must have become small enough. Default: ${DEFAULT-VALUE}")
    private int settle;

    @Mixin
    private final LaunchChoice launch = new LaunchChoice(false);

    @Mixin
    private final Output output = new Output();

    /**
     * Makes the verb.
     *
     * @param around what it needs of the world
     */
    public DeletionCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        DeletionPlan plan = Scenario.planned(
                spec,
                () -> new DeletionPlan(
                        workspaces, objects, size, watchers, clients, rate, others, warmUps, rounds, seconds, settle));
        Telling telling = new Telling("deletion", spec.commandLine().getErr());
        return launch.run(around, Launch.with(""), (server, folder) -> {
            DeletionResult result = new Deletion(plan, server, folder, around, telling).run();
            output.print(result.figures());
            return result.holds() ? DONE : FAILED;
        });
    }
}
