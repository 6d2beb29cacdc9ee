package dev.proreus.loadtest.report;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** What a scenario says of itself while it runs: lines on the standard error, each with its name before it. */
public final class Telling {
    /** How often a scenario that takes minutes says how far it is. */
    public static final Duration PAUSE = Duration.ofSeconds(10);

    private final String scenario;
    private final PrintWriter err;

    /** @param scenario its verb, such as soak */
    public Telling(String scenario, PrintWriter err) {
        this.scenario = scenario;
        this.err = err;
    }

    /** Says a line, in a format of {@link String#format}. */
    public void tell(String format, Object... arguments) {
        err.println("bench " + scenario + ": " + String.format(Locale.ROOT, format, arguments));
        err.flush();
    }
}
