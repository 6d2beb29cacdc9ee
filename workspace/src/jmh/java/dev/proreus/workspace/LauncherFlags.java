package dev.proreus.workspace;

/** What the launcher tells the JVM of a server, which benchmarks run with as well. */
public final class LauncherFlags {
    /** How far ahead of what is allocated memory is fetched, in bytes; the most that there is. */
    public static final String FETCH_AHEAD = "-XX:AllocatePrefetchDistance=512";

    /** How much of it, in lines of the cache. */
    public static final String FETCHED_LINES = "-XX:AllocatePrefetchLines=16";

    private LauncherFlags() {}
}
