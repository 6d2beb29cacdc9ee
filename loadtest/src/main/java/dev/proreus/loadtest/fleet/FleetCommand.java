package dev.proreus.loadtest.fleet;

import dev.proreus.agent.Agent;
import dev.proreus.agent.AgentListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fleet}: drives the robots whose {@code spec.agent} is fleet, until SIGTERM or Ctrl-C. */
@Command(
        name = "fleet",
        mixinStandardHelpOptions = true,
        description = "Drives the robots of some workspaces: moves each towards spec.target, a step at a time.")
public final class FleetCommand implements Callable<Integer> {
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(1);
    private static final int MAX_STEP_MILLIS = 60_000;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-s", "--server"},
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8490",
            description = "The server. Default: ${DEFAULT-VALUE}")
    private String server = "";

    @Option(
            names = {"-w", "--workspace"},
            split = ",",
            paramLabel = "PATH",
            defaultValue = "root:acme,root:globex",
            description = "Workspaces, one agent's session each. Default: ${DEFAULT-VALUE}")
    private List<String> workspaces = List.of();

    @Option(
            names = "--agent",
            paramLabel = "NAME",
            defaultValue = "fleet",
            description = "Name of the agent, and the value of spec.agent that it claims. Default: ${DEFAULT-VALUE}")
    private String agent = "";

    @Option(
            names = "--step",
            paramLabel = "MILLIS",
            defaultValue = "200",
            description = "Milliseconds between two steps. Default: ${DEFAULT-VALUE}")
    private int stepMillis;

    @Override
    public Integer call() throws InterruptedException {
        CommandSpec known = spec;
        if (known == null) {
            throw new IllegalStateException("the command was not made by picocli");
        }
        if (stepMillis < 1 || stepMillis > MAX_STEP_MILLIS) {
            throw new CommandLine.ParameterException(
                    known.commandLine(), "--step must be between 1 and " + MAX_STEP_MILLIS);
        }
        Robots robots = new Robots(Duration.ofMillis(stepMillis));
        List<Agent> agents = new ArrayList<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> agents.forEach(Agent::close), "stop"));
        for (String workspace : workspaces) {
            agents.add(start(workspace, robots, known.commandLine().getErr()));
        }
        for (Agent each : agents) {
            each.awaitTermination();
        }
        return 1;
    }

    private Agent start(String workspace, Robots robots, PrintWriter out) {
        return Agent.builder(server)
                .workspace(workspace)
                .name(agent)
                .reconnect(FIRST_RETRY, LONGEST_RETRY)
                .manage(
                        "robots",
                        handler -> handler.assignedTo(agent).reconcile((robot, context) -> robots.reconcile(robot)))
                .listener(new Lines(workspace, out))
                .start();
    }

    /** Says on one line each time a session begins or ends, and nothing while it cannot begin. */
    private static final class Lines implements AgentListener {
        private final String workspace;
        private final PrintWriter out;
        private boolean connected = true;

        Lines(String workspace, PrintWriter out) {
            this.workspace = workspace;
            this.out = out;
        }

        @Override
        public void connected(String session, long epoch, List<Resumed> resumed) {
            connected = true;
            say("connected, epoch " + epoch + ", " + resumed);
        }

        @Override
        public void disconnected(String reason, Duration retry) {
            if (connected) {
                connected = false;
                say("not connected: " + reason + "; trying again until it is");
            }
        }

        @Override
        public void superseded(String reason) {
            say("stopped: " + reason);
        }

        @Override
        public void problem(String reason, String message) {
            say(reason + ": " + message);
        }

        private void say(String text) {
            out.println("fleet " + workspace + ": " + text);
            out.flush();
        }
    }
}
