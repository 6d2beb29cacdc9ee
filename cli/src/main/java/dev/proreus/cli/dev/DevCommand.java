package dev.proreus.cli.dev;

import dev.proreus.cli.connection.Channels;
import dev.proreus.cli.connection.Connection;
import dev.proreus.cli.connection.Endpoint;
import dev.proreus.cli.failure.ExitCode;
import dev.proreus.cli.failure.FailedException;
import dev.proreus.cli.option.Options;
import dev.proreus.cli.output.Terminal;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the whole at work from one command. */
@Command(
        name = "dev",
        description = {
            "Run a server with two workspaces and a simulated fleet of robots, and show them converge.",
            "On loopback only: there is no access control."
        },
        footer = {"", "Examples:", "  ./proreus dev", "  ./proreus dev --once --robots 20"})
public final class DevCommand implements Callable<Integer> {
    private static final int ROBOTS_MAX = 1_000;
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,7})(ms|s|m|h)");
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Options options;
    private final Terminal terminal;
    private final Channels channels;
    private final DevSurroundings around;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "./.proreus",
            description = "Folder of the server's data (${DEFAULT-VALUE}).")
    private String data = "./.proreus";

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8490",
            description = "Where the server listens, on loopback; port 0 is any free one (${DEFAULT-VALUE}).")
    private String listen = "127.0.0.1:8490";

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT|off",
            defaultValue = "off",
            description = "Where the server answers /metrics, such as 127.0.0.1:8491 (${DEFAULT-VALUE}).")
    private String admin = "off";

    @Option(
            names = "--robots",
            paramLabel = "N",
            defaultValue = "5",
            description = "Robots in each workspace, at most 1000 (${DEFAULT-VALUE}).")
    private int robots = 5;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            defaultValue = "10s",
            description = "How often the robots get a new target (${DEFAULT-VALUE}).")
    private String every = "10s";

    @Option(names = "--once", description = "End as soon as every robot is Ready at its first target.")
    private boolean once;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "60s",
            description = "With --once: how long that may take (${DEFAULT-VALUE}).")
    private String timeout = "60s";

    public DevCommand(Options options, Terminal terminal, Channels channels, DevSurroundings around) {
        this.options = options;
        this.terminal = terminal;
        this.channels = channels;
        this.around = around;
    }

    @Override
    public Integer call() {
        if (options.namesServer()) {
            throw FailedException.because(ExitCode.USAGE, "dev starts a server of its own, so --server means nothing")
                    .advise("--listen HOST:PORT, to choose where it listens");
        }
        if (robots < 0 || robots > ROBOTS_MAX) {
            throw FailedException.because(ExitCode.USAGE, "--robots is a number from 0 to " + ROBOTS_MAX);
        }
        Duration everyTime = duration("--every", every);
        Duration timeoutTime = duration("--timeout", timeout);
        String launcher = around.launcher()
                .orElseThrow(() -> FailedException.because(
                                ExitCode.USAGE, "dev starts other programs by the launcher, which did not start it")
                        .advise("./proreus dev"));
        Endpoint address = Listening.at(Endpoint.parse(listen));
        DevSettings settings = new DevSettings(data, address, admin, robots, everyTime, once, timeoutTime);
        try (Connection connection = new Connection(address, channels)) {
            new DevRun(settings, around, terminal, connection, launcher).run();
        }
        return ExitCode.DONE.number();
    }

    private static Duration duration(String option, String text) {
        Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            long count = Long.parseLong(matcher.group(1));
            Duration duration = switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                default -> Duration.ofHours(count);
            };
            if (duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        }
        throw FailedException.because(ExitCode.USAGE, option + ": '" + text + "' is not a time from 100ms to 24h")
                .advise("one such as 500ms, 10s or 2m");
    }
}
