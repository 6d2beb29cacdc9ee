package dev.proreus.loadtest.fanout;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

    private enum Format {
        text,
        json
    }

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
            names = {"-s", "--server"},
            paramLabel = "HOST:PORT",
            defaultValue = "",
            description = "Where a server listens. Default: one of the run's own, with an empty store")
    private String server = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json. Default: ${DEFAULT-VALUE}")
    private Format format = Format.text;

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
        FanoutPlan plan = plan();
        PrintWriter err = spec.commandLine().getErr();
        try {
            return server.isEmpty() ? runOwn(plan, err) : run(plan, server, err);
        } catch (IOException e) {
            err.println("proreus bench fanout: " + e.getMessage());
        } catch (StatusRuntimeException e) {
            err.println("proreus bench fanout: the server at " + server + " answers "
                    + e.getStatus().getCode() + ": " + e.getStatus().getDescription());
        }
        return FAILED;
    }

    private FanoutPlan plan() {
        int shared = connections > 0 ? connections : (watchers + WATCHERS_A_CONNECTION - 1) / WATCHERS_A_CONNECTION;
        try {
            return new FanoutPlan(
                    watchers, Math.max(1, shared), events, Math.min(writers, Math.max(1, events)), rate, padding);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private int runOwn(FanoutPlan plan, PrintWriter err) throws IOException, InterruptedException {
        String launcher = System.getProperty("proreus.launcher", "");
        if (launcher.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "without the launcher there is no server to start: say --server");
        }
        try (OwnServer own = OwnServer.start(launcher, around, err)) {
            return run(plan, own.target(), err);
        }
    }

    private int run(FanoutPlan plan, String target, PrintWriter err) throws InterruptedException {
        FanoutResult result = new Fanout(plan, target, around, err).run();
        PrintWriter out = spec.commandLine().getOut();
        out.print(format == Format.json ? result.json() : result.text());
        out.flush();
        return result.checks().hold() ? DONE : FAILED;
    }
}
