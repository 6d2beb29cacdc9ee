package dev.proreus.loadtest;

import dev.proreus.loadtest.fanout.FanoutCommand;
import dev.proreus.loadtest.fleet.FleetCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The programs of the load test: {@code fleet} and {@code bench}. */
public final class Main {
    private Main() {}

    /** Runs a program; exit codes: 0 done, 1 failed, 2 usage. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Programs()).execute(args));
    }

    @Command(
            name = "proreus",
            description = "The fleet and the load scenarios.",
            subcommands = {FleetCommand.class, Bench.class},
            mixinStandardHelpOptions = true)
    private static final class Programs {}

    @Command(
            name = "bench",
            description = "Load scenarios: each measures, and fails where a guarantee was broken.",
            subcommands = FanoutCommand.class,
            mixinStandardHelpOptions = true)
    private static final class Bench {}
}
