package dev.proreus.loadtest.fanout;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench fanout}: every watcher gets every change, once and in order; exit code 0 only then. */
@Command(
        name = "fanout",
        mixinStandardHelpOptions = true,
        description = "Watches one type many times, writes, and checks that every watcher got every change in order.")
public final class FanoutCommand implements Callable<Integer> {
    private static final int MAX_WATCHERS = 100_000;
    private static final int MAX_EVENTS = 10_000_000;
    private static final int MAX_CONNECTIONS = 1_000;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--watchers",
            paramLabel = "N",
            defaultValue = "100",
            description = "Watches. Default: ${DEFAULT-VALUE}")
    private int watchers;

    @Option(
            names = "--events",
            paramLabel = "M",
            defaultValue = "2000",
            description = "Writes. Default: ${DEFAULT-VALUE}")
    private int events;

    @Option(
            names = "--connections",
            paramLabel = "C",
            defaultValue = "16",
            description = "Connections of the watches. Default: ${DEFAULT-VALUE}")
    private int connections;

    @Option(
            names = "--in-flight",
            paramLabel = "W",
            defaultValue = "32",
            description = "Writes that may be unanswered at a time. Default: ${DEFAULT-VALUE}")
    private int inFlight;

    @Option(
            names = {"-s", "--server"},
            paramLabel = "HOST:PORT",
            description = "The server. Default: one of its own, on a temporary folder")
    private @Nullable String server;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long the run may take. Default: ${DEFAULT-VALUE}")
    private int timeoutSeconds;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            description = "Form of the result.")
    private String output = "text";

    @Override
    public Integer call() throws InterruptedException {
        CommandLine line = commandLine();
        requireBetween(line, "--watchers", watchers, MAX_WATCHERS);
        requireBetween(line, "--events", events, MAX_EVENTS);
        requireBetween(line, "--connections", connections, MAX_CONNECTIONS);
        requireBetween(line, "--in-flight", inFlight, MAX_CONNECTIONS);
        if (!output.equals("text") && !output.equals("json")) {
            throw new CommandLine.ParameterException(line, "--output must be text or json");
        }
        if (server != null) {
            return against(server);
        }
        try (OwnServer own = OwnServer.start(Path.of(System.getProperty("proreus.launcher", "./proreus")))) {
            return against(own.address());
        }
    }

    private int against(String address) throws InterruptedException {
        FanoutPlan plan = new FanoutPlan(
                watchers, events, Math.min(connections, watchers), inFlight, Duration.ofSeconds(timeoutSeconds));
        List<ManagedChannel> channels = new ArrayList<>();
        for (int i = 0; i < plan.connections(); i++) {
            channels.add(Grpc.newChannelBuilder(address, InsecureChannelCredentials.create())
                    .build());
        }
        String workspace = "root:bench-" + Long.toString(System.nanoTime(), 36).toLowerCase(Locale.ROOT);
        try (Ground ground = Ground.prepare(channels.get(0), workspace)) {
            Totals totals = new FanoutRun(
                            plan,
                            channels,
                            ground,
                            System::nanoTime,
                            commandLine().getErr())
                    .run();
            PrintWriter out = commandLine().getOut();
            out.print(output.equals("json") ? totals.json() : totals.text());
            out.flush();
            return totals.complete() ? 0 : 1;
        } catch (StatusRuntimeException e) {
            commandLine()
                    .getErr()
                    .println("fanout: the server at " + address + " says "
                            + e.getStatus().getCode() + ": " + e.getStatus().getDescription());
            return 1;
        } finally {
            channels.forEach(ManagedChannel::shutdownNow);
        }
    }

    private CommandLine commandLine() {
        CommandSpec known = spec;
        if (known == null) {
            throw new IllegalStateException("the command was not made by picocli");
        }
        return known.commandLine();
    }

    private static void requireBetween(CommandLine line, String option, int value, int max) {
        if (value < 1 || value > max) {
            throw new CommandLine.ParameterException(line, option + " must be between 1 and " + max);
        }
    }
}
