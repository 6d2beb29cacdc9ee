package dev.proreus.cli.watch;

import io.grpc.StatusRuntimeException;

/** Who is told. Every call comes on the loop's thread. */
public interface Watcher {

    /** A change happened, or is found out. */
    void changed(Change change);

    /** All that there is has been told; called once, before the first change after it. */
    default void complete() {}

    /** The watch is over: the server refused it for a reason that trying again does not mend. */
    void refused(StatusRuntimeException failure);
}
