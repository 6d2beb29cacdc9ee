package dev.proreus.loadtest.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The CPU time, user and system together, that a process has used, as Linux counts it in ticks of 10 ms. */
public final class ProcessCpu {
    /** What Linux calls USER_HZ, which is 100 on every platform that Java runs on. */
    private static final long MICROS_A_TICK = 10_000;

    /**
     * Fields of stat behind the name of the program, which may hold blanks: utime is the 12th of them, stime follows.
     */
    private static final int USER = 11;

    private static final int SYSTEM = 12;

    private ProcessCpu() {}

    /**
     * Returns microseconds of CPU since a process started.
     *
     * @throws IOException where there is no such process, or the system does not tell
     */
    public static long micros(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) * MICROS_A_TICK;
    }

    /** Returns whether the system tells. */
    public static boolean isKnown() {
        return Files.isReadable(Path.of("/proc/self/stat"));
    }
}
