package dev.proreus.loadtest.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Looks at a server's process from outside while something is measured: the CPU that it used, and where it went. */
public final class ServerProbe {
    private final long pid;
    private final @Nullable Path profile;
    private long cpuBefore;

    /**
     * Makes a probe.
     *
     * @param pid the server's process on this machine; 0 where it is not known, so that nothing is measured
     * @param profile where to write its profile, or null
     */
    public ServerProbe(long pid, @Nullable Path profile) {
        this.pid = pid;
        this.profile = profile;
    }

    /** Returns the server's process; 0 where it is not known. */
    public long pid() {
        return pid;
    }

    /** Begins to measure. */
    public void begin() {
        if (pid == 0) {
            return;
        }
        try {
            if (profile != null) {
                Profiler.start(pid);
            }
            cpuBefore = ProcessCpu.micros(pid);
        } catch (IOException e) {
            throw new UncheckedIOException("the server's process " + pid + " cannot be measured", e);
        }
    }

    /** Ends; returns the microseconds of CPU since {@link #begin}, or 0 where they are not known. */
    public long end() {
        if (pid == 0) {
            return 0;
        }
        try {
            long used = ProcessCpu.micros(pid) - cpuBefore;
            if (profile != null) {
                Profiler.stop(pid, profile);
            }
            return used;
        } catch (IOException e) {
            throw new UncheckedIOException("the server's process " + pid + " cannot be measured", e);
        }
    }
}
