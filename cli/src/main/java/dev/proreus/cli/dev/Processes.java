package dev.proreus.cli.dev;

import java.io.IOException;
import java.util.List;

/** Starts child processes. */
public interface Processes {

    /**
     * Starts a program.
     *
     * @param listener told on other threads, last of all that the process ended
     */
    Running start(List<String> command, Listener listener) throws IOException;

    /** A process that was started. */
    interface Running {
        long pid();

        /** Asks it to end. */
        void terminate();

        /** Ends it. */
        void kill();
    }

    /** Who hears of a process. */
    interface Listener {
        /** It printed a line, to its output or its errors. */
        void printed(String line);

        /** It ended, with this exit code; 128 and the signal's number where a signal ended it. */
        void ended(int exitCode);
    }
}
