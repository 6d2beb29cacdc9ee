package dev.proreus.loadtest.process;

import java.util.List;

/**
 * How the server of a scenario is launched, each time on one data folder.
 *
 * @param javaOptions more flags for its Java; may be empty
 * @param options more options of {@code serve}
 * @param onOnePort whether it serves where it served first, each time, so that clients who stay find it again
 */
public record Launch(String javaOptions, List<String> options, boolean onOnePort) {
    /** Flags for the Java of a server that lives for a second, and so must start fast. */
    public static final String SHORT_LIVED = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    public Launch {
        options = List.copyOf(options);
    }

    /** Holds history for longer than a scenario takes, which reads back all that it wrote. */
    public static Launch with(String javaOptions) {
        return new Launch(javaOptions, List.of("--history-age=24h"), false);
    }
}
