package dev.proreus.loadtest.process;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of every scenario that say on which server it runs, and what is seen of the server's process meanwhile. */
public final class ServerChoice {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Option(
            names = {"-s", "--server"},
            paramLabel = "HOST:PORT",
            defaultValue = "",
            description = "Where a server listens. Default: one of the run's own, with an empty store")
    private String server = "";

    @Option(
            names = "--server-pid",
            paramLabel = "PID",
            defaultValue = "0",
            description = "The process of that server, if it is on this machine: its CPU is then counted as well")
    private long pid;

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description = "Writes where the server's CPU went while the scenario measured: collapsed stacks, or a flame"
                    + " graph where the name ends in .html")
    private @Nullable Path profile;

    public ServerChoice() {}

    /** What runs against a server. */
    @FunctionalInterface
    public interface Run {
        /**
         * Runs.
         *
         * @param target where the server listens
         * @param probe looks at its process
         * @return the exit code
         */
        int against(String target, ServerProbe probe) throws IOException, InterruptedException;
    }

    /**
     * Runs against the server that the user chose; says on the standard error why it could not.
     *
     * @param javaOptions flags for the Java of a server of the run's own; may be empty
     * @return the exit code
     */
    public int run(Surroundings around, String javaOptions, Run run) throws InterruptedException {
        return Scenario.run(spec, () -> {
            if (!server.isEmpty()) {
                return run.against(server, new ServerProbe(pid, profile));
            }
            String launcher = Scenario.launcher(spec, ": say --server");
            PrintWriter err = spec.commandLine().getErr();
            try (OwnServer own = OwnServer.start(launcher, javaOptions, List.of(), around, err)) {
                return run.against(own.target(), new ServerProbe(own.pid(), profile));
            }
        });
    }
}
