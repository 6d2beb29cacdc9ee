package dev.proreus.guarantees.crash;

import io.grpc.Channel;
import java.io.IOException;

/** A server process with a data folder, which can be started and killed again and again. */
public interface KillableServer {
    /**
     * Starts the process and returns a channel to it, once it serves.
     *
     * @throws IOException where it does not come to serve
     */
    Channel start() throws IOException;

    /** Kills the process by SIGKILL; returns once it is gone. */
    void kill();
}
