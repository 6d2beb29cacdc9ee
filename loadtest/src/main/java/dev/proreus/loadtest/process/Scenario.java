package dev.proreus.loadtest.process;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** How a scenario meets its user: numbers that cannot be, a launcher that is missing, a run that could not be. */
public final class Scenario {
    private static final int FAILED = 1;

    private Scenario() {}

    /** What a scenario does. */
    @FunctionalInterface
    public interface Run {
        /** Runs; returns the exit code. */
        int run() throws IOException, InterruptedException;
    }

    /** Runs, or says on the standard error why that was not possible; returns the exit code. */
    public static int run(CommandSpec spec, Run run) throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        try {
            return run.run();
        } catch (IOException e) {
            err.println(spec.qualifiedName() + ": " + e.getMessage());
        } catch (StatusRuntimeException e) {
            err.println(spec.qualifiedName() + ": the server answers "
                    + e.getStatus().getCode() + ": " + e.getStatus().getDescription());
        }
        return FAILED;
    }

    /** Returns a plan of what the user said; what a plan refuses with IllegalArgumentException is wrong usage. */
    public static <P> P planned(CommandSpec spec, Supplier<P> plan) {
        try {
            return plan.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /**
     * Returns the program that knows the verb {@code serve}.
     *
     * @param advice what to do where there is none; may be empty
     */
    public static String launcher(CommandSpec spec, String advice) {
        String launcher = System.getProperty("proreus.launcher", "");
        if (launcher.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "without the launcher there is no server to start" + advice);
        }
        return launcher;
    }
}
