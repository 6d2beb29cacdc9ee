package dev.proreus.loadtest.process;

/**
 * How the server of a scenario is launched, each time on one data folder.
 *
 * @param javaOptions more flags for its Java; may be empty
 * @param historyAge how long history is held, as {@code serve} takes it
 * @param onOnePort whether it serves where it served first, each time, so that clients who stay find it again
 */
public record Launch(String javaOptions, String historyAge, boolean onOnePort) {
    /** Flags for the Java of a server that lives for a second, and so must start fast. */
    public static final String SHORT_LIVED = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    /** Holds history for longer than a scenario takes, which reads back all that it wrote. */
    public static Launch with(String javaOptions) {
        return new Launch(javaOptions, "24h", false);
    }
}
