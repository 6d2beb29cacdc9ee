package dev.proreus.loadtest.crash;

import dev.proreus.guarantees.crash.CrashPlan;
import dev.proreus.guarantees.crash.CrashResult;
import dev.proreus.guarantees.crash.CrashRun;
import dev.proreus.guarantees.crash.KillableServer;
import dev.proreus.guarantees.crash.UnpluggedServer;
import dev.proreus.guarantees.file.RecordingFile;
import dev.proreus.guarantees.power.Loss;
import dev.proreus.guarantees.power.PowerLibrary;
import dev.proreus.guarantees.power.PowerNotes;
import dev.proreus.guarantees.record.Recorder;
import dev.proreus.loadtest.process.DataFolder;
import dev.proreus.loadtest.process.Launch;
import dev.proreus.loadtest.process.LaunchChoice;
import dev.proreus.loadtest.process.LaunchedServer;
import dev.proreus.loadtest.process.Scenario;
import dev.proreus.loadtest.process.Surroundings;
import dev.proreus.loadtest.report.Output;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench crash}: kills a server under load, and judges what its clients were told. */
@Command(
        name = "crash",
        description =
                "Starts a server on a new data folder, kills it with SIGKILL while clients write and watch, starts it"
                        + " again, and so on; then judges all that the clients were told, across the restarts, by every"
                        + " guarantee. Exit code 0 only where nothing was lost and nothing broken; else the data folder"
                        + " is kept.",
        mixinStandardHelpOptions = true)
public final class CrashCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int FAILED = 1;

    private final Surroundings around;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Option(names = "--cycles", paramLabel = "N", defaultValue = "10", description = "Kills. Default: ${DEFAULT-VALUE}")
    private int cycles;

    @Option(
            names = "--writers",
            paramLabel = "W",
            defaultValue = "16",
            description = "Clients that write, one request each at a time. Default: ${DEFAULT-VALUE}")
    private int writers;

    @Option(
            names = "--writes",
            paramLabel = "M",
            defaultValue = "200",
            description = "Acknowledged writes before each kill, at least. Default: ${DEFAULT-VALUE}")
    private int writes;

    @Option(
            names = "--judge-every",
            paramLabel = "N",
            defaultValue = "100",
            description =
                    "Kills after which everything so far is judged, as it is at the end. Default: ${DEFAULT-VALUE}")
    private int judgeEvery;

    @Option(
            names = "--power-loss",
            description =
                    "Lets each kill be a loss of power: bytes and names that were not synced are damaged before the"
                            + " next start. For Linux, with a C compiler.")
    private boolean powerLoss;

    @Option(names = "--seed", paramLabel = "S", description = "Decides all that is left to chance. Default: a new one")
    private @Nullable Long seed;

    @Option(names = "--record", paramLabel = "FILE", description = "Writes the recording to a file.")
    private @Nullable Path record;

    @Mixin
    private final LaunchChoice launch = new LaunchChoice(true);

    @Mixin
    private final Output output = new Output();

    /**
     * Makes the verb.
     *
     * @param around what it needs of the world
     */
    public CrashCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        CrashPlan plan = Scenario.planned(spec, () -> new CrashPlan(cycles, writers, writes, judgeEvery));
        return launch.run(around, Launch.with(Launch.SHORT_LIVED), (server, folder) -> {
            long drawn = seed == null ? around.random().nextLong() : seed;
            PrintWriter err = spec.commandLine().getErr();
            say(err, "seed " + drawn + ", data in " + folder);
            return powerLoss
                    ? runUnplugged(plan, drawn, server, folder, err)
                    : run(plan, drawn, server, () -> Loss.NONE, err);
        });
    }

    private int runUnplugged(CrashPlan plan, long drawn, LaunchedServer server, Path folder, PrintWriter err)
            throws IOException, InterruptedException {
        Path aside = folder.resolveSibling(folder.getFileName() + "-power");
        PowerNotes notes = new PowerNotes(PowerLibrary.compile(aside), aside, folder);
        server.environment(notes.environment());
        UnpluggedServer unplugged =
                new UnpluggedServer(server, notes, around.seeded().apply(~drawn));
        int code = run(plan, drawn, unplugged, unplugged::lost, err);
        DataFolder.delete(aside);
        return code;
    }

    private int run(CrashPlan plan, long drawn, KillableServer server, Supplier<Loss> lost, PrintWriter err)
            throws IOException, InterruptedException {
        Recorder recorder = new Recorder(around.nanoTime(), List.of());
        long began = around.nanoTime().getAsLong();
        CrashResult result = new CrashRun(
                        plan, server, recorder, around.seeded().apply(drawn), around.threads(), line -> say(err, line))
                .run();
        double seconds = (around.nanoTime().getAsLong() - began) / 1e9;
        if (record != null) {
            RecordingFile.write(recorder.recording(), record);
            say(err, "recorded in " + record);
        }
        CrashReport report = new CrashReport(result, lost.get(), drawn, seconds);
        output.print(report.json(), report.text());
        return result.holds() ? DONE : FAILED;
    }

    private static void say(PrintWriter err, String line) {
        err.println("bench crash: " + line);
        err.flush();
    }
}
