package dev.proreus.cli.dev;

/** Tells when the process is asked to end, such as by Ctrl-C. */
public interface Interrupts {

    /** Does {@code stop}, on another thread, once the process is asked to end; it ends when the command does. */
    void whenAskedToEnd(Runnable stop);
}
