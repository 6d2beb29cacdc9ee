package dev.proreus.loadtest.fleet;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fleet}: drives robots until it is told to stop. */
@Command(
        name = "fleet",
        description = "Drives the robots that are assigned to it, until SIGTERM or Ctrl-C: moves each one step towards"
                + " its target every 200 ms. Waits for a server that is not there yet.",
        mixinStandardHelpOptions = true)
public final class FleetCommand implements Callable<Integer> {
    private static final Duration STEP_TIME = Duration.ofMillis(200);
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(2);
    private static final int FAILED = 1;

    private final Consumer<Runnable> atEnd;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8490",
            description = "Where the server listens. Default: ${DEFAULT-VALUE}")
    private String server = "";

    @Option(
            names = {"-w", "--workspace"},
            paramLabel = "PATH",
            split = ",",
            defaultValue = "root:acme,root:globex",
            description = "Workspaces in which to drive robots. Default: ${DEFAULT-VALUE}")
    private List<String> workspaces = List.of();

    @Option(
            names = "--agent",
            paramLabel = "NAME",
            defaultValue = "fleet",
            description = "Name of the agent, and value of spec.agent of its robots. Default: ${DEFAULT-VALUE}")
    private String agent = "";

    /**
     * Makes the verb.
     *
     * @param atEnd takes what is to be done when the process is told to stop
     */
    public FleetCommand(Consumer<Runnable> atEnd) {
        this.atEnd = atEnd;
    }

    @Override
    public Integer call() throws InterruptedException {
        Fleet fleet = Fleet.start(server, workspaces, agent, STEP_TIME, CLOSE_DEADLINE);
        atEnd.accept(fleet::close);
        String why = fleet.awaitTermination();
        if (!fleet.isClosing()) {
            spec.commandLine().getErr().println("proreus fleet: all agents have stopped: " + why);
        }
        return FAILED;
    }
}
