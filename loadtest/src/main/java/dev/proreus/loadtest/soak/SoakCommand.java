package dev.proreus.loadtest.soak;

import ch.qos.logback.classic.Logger;
import dev.proreus.loadtest.process.LaunchChoice;
import dev.proreus.loadtest.process.Scenario;
import dev.proreus.loadtest.process.Surroundings;
import dev.proreus.loadtest.report.Output;
import dev.proreus.loadtest.report.Telling;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code bench soak}: whether a server stays as large as it is while everything comes and goes. */
@Command(
        name = "soak",
        description = "Lets workspaces, objects, agents and watchers come and go while history is trimmed and the"
                + " server is stopped or killed now and then, and looks at what must not grow: heap, resident memory,"
                + " threads, descriptors and disk, and the same of this side. Exit code 0 only where the slopes are"
                + " flat within and across the server's lives, nothing unexpected was answered, and everything"
                + " written was read back; else the data folder is kept.",
        mixinStandardHelpOptions = true)
public final class SoakCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int FAILED = 1;

    private final Surroundings around;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = TimeText.class,
            description = "How long, such as 90s, 10m or 2h. Default: ${DEFAULT-VALUE}")
    private Duration length = Duration.ZERO;

    @Option(
            names = "--restarts",
            paramLabel = "N",
            defaultValue = "4",
            description = "Starts after the first one, by turns after a clean stop and after SIGKILL."
                    + " Default: ${DEFAULT-VALUE}")
    private int restarts;

    @Option(
            names = "--tenants",
            paramLabel = "N",
            defaultValue = "24",
            description = "Clients that each work in a workspace; one in four stays in it. Default: ${DEFAULT-VALUE}")
    private int tenants;

    @Option(
            names = "--watchers",
            paramLabel = "N",
            defaultValue = "16",
            description = "Watches open together. Default: ${DEFAULT-VALUE}")
    private int watchers;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "300",
            description = "Writes a second. Default: ${DEFAULT-VALUE}")
    private int rate;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            defaultValue = "16384",
            description = "Bytes of each object's spec. Default: ${DEFAULT-VALUE}")
    private int size;

    @Option(
            names = "--history-age",
            paramLabel = "AGE",
            defaultValue = "10s",
            description = "How long the server holds history. Default: ${DEFAULT-VALUE}")
    private String historyAge = "";

    @Option(names = "--seed", paramLabel = "S", description = "Decides what clients do. Default: a new one")
    private @Nullable Long seed;

    @Mixin
    private final LaunchChoice launch = new LaunchChoice(true);

    @Mixin
    private final Output output = new Output();

    /**
     * Makes the verb.
     *
     * @param around what it needs of the world
     */
    public SoakCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        long drawn = seed == null ? around.random().nextLong() : seed;
        SoakPlan plan = Scenario.planned(
                spec, () -> new SoakPlan(length, restarts, tenants, watchers, rate, size, historyAge, drawn));
        Telling telling = new Telling("soak", spec.commandLine().getErr());
        return launch.run(around, Looks.launch(historyAge), (server, folder) -> {
            // Agents that come and go each second would say so.
            ((Logger) LoggerFactory.getLogger("dev.proreus.agent")).setLevel(ch.qos.logback.classic.Level.ERROR);
            telling.tell("seed %d, data in %s", drawn, folder);
            SoakResult result = new Soak(plan, server, folder, around, telling).run();
            output.print(result.figures().json(), result.text());
            return result.holds() ? DONE : FAILED;
        });
    }

    /** Reads a time as people write it. */
    static final class TimeText implements ITypeConverter<Duration> {
        TimeText() {}

        @Override
        public Duration convert(String text) {
            try {
                return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("'" + text + "' is not a time: write such as 90s, 10m or 2h");
            }
        }
    }
}
