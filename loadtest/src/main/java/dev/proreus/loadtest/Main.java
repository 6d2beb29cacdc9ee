package dev.proreus.loadtest;

import dev.proreus.loadtest.catchup.CatchupCommand;
import dev.proreus.loadtest.crash.CrashCommand;
import dev.proreus.loadtest.deletion.DeletionCommand;
import dev.proreus.loadtest.fanout.FanoutCommand;
import dev.proreus.loadtest.fanout.LaggardsCommand;
import dev.proreus.loadtest.fleet.FleetCommand;
import dev.proreus.loadtest.peers.PeersCommand;
import dev.proreus.loadtest.process.Surroundings;
import dev.proreus.loadtest.restart.RestartCommand;
import dev.proreus.loadtest.soak.SoakCommand;
import dev.proreus.loadtest.workspaces.WorkspacesCommand;
import dev.proreus.loadtest.writes.WritesCommand;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The verbs of the load test. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 something is missing on the machine. */
@Command(
        name = "proreus",
        description = "Load scenarios and the simulated fleet.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
public final class Main implements Runnable {
    private final Deque<Runnable> closers = new ArrayDeque<>();
    private int codeOnSignal = CommandLine.ExitCode.OK;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    private Main() {}

    /** Runs a verb and ends the process. */
    public static void main(String[] args) {
        Logs.configure();
        Main main = new Main();
        Runtime.getRuntime().addShutdownHook(new Thread(main::endOnSignal, "proreus-stop"));
        int code = main.commandLine().execute(args);
        synchronized (main.closers) {
            main.closers.clear();
        }
        System.exit(code);
    }

    CommandLine commandLine() {
        return new CommandLine(this)
                .addSubcommand(new FleetCommand(closer -> atEnd(closer, CommandLine.ExitCode.OK)))
                .addSubcommand(bench(surroundings()))
                .setParameterExceptionHandler(Main::wrongUsage);
    }

    private CommandLine bench(Surroundings around) {
        return new CommandLine(new BenchCommand())
                .addSubcommand(new FanoutCommand(around))
                .addSubcommand(new LaggardsCommand(around))
                .addSubcommand(new RestartCommand(around))
                .addSubcommand(new WritesCommand(around))
                .addSubcommand(new CatchupCommand(around))
                .addSubcommand(new WorkspacesCommand(around))
                .addSubcommand(new DeletionCommand(around))
                .addSubcommand(new SoakCommand(around))
                .addSubcommand(new CrashCommand(around))
                .addSubcommand(new PeersCommand(around));
    }

    private Surroundings surroundings() {
        return new Surroundings(
                System::nanoTime,
                Main::daemon,
                RandomGenerator.getDefault(),
                SplittableRandom::new,
                closer -> atEnd(closer, CommandLine.ExitCode.SOFTWARE));
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "bench");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do, such as fleet or bench");
    }

    /** Adds what to do on a signal, and says with what code the process then ends. */
    private void atEnd(Runnable closer, int code) {
        synchronized (closers) {
            closers.push(closer);
            codeOnSignal = code;
        }
    }

    /**
     * On a signal, closes what is open and ends: the fleet with code 0, a scenario with code 1, since it is incomplete.
     * Where a verb has ended by itself, there is nothing left to close.
     */
    private void endOnSignal() {
        synchronized (closers) {
            if (!closers.isEmpty()) {
                closers.forEach(Runnable::run);
                Runtime.getRuntime().halt(codeOnSignal);
            }
        }
    }

    private static int wrongUsage(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(command.getCommandSpec().qualifiedName() + ": " + wrong.getMessage());
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }
}
