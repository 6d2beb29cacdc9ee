package dev.proreus.loadtest.process;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option of scenarios that start and stop a server of their own: where its data lie. Starts and clears up. */
public final class LaunchChoice {
    private static final int DONE = 0;

    private final boolean keepsFailures;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "target/bench",
            description = "Where the data folder is made, on a disk. Default: ${DEFAULT-VALUE}")
    private Path data = Path.of("target/bench");

    /** @param keepsFailures whether the data folder of a run that fails is kept, to be looked at */
    public LaunchChoice(boolean keepsFailures) {
        this.keepsFailures = keepsFailures;
    }

    /** What runs with such a server. */
    @FunctionalInterface
    public interface Run {
        /**
         * Runs.
         *
         * @param server the server, not started yet
         * @param folder its data
         * @return the exit code
         */
        int with(LaunchedServer server, Path folder) throws IOException, InterruptedException;
    }

    /** Runs, then kills the server and deletes its data; says on the standard error why that was not possible. */
    public int run(Surroundings around, Launch launch, Run run) throws InterruptedException {
        String launcher = Scenario.launcher(spec, "");
        return Scenario.run(spec, () -> {
            PrintWriter err = spec.commandLine().getErr();
            Path folder = DataFolder.in(data);
            LaunchedServer server = new LaunchedServer(launcher, launch, folder, around.threads(), err);
            around.atEnd().accept(server::kill);
            boolean kept = keepsFailures;
            try {
                int code = run.with(server, folder);
                kept &= code != DONE;
                return code;
            } finally {
                server.kill();
                if (kept) {
                    err.println(spec.qualifiedName() + ": the data are kept in " + folder);
                } else {
                    DataFolder.delete(folder);
                }
            }
        });
    }
}
