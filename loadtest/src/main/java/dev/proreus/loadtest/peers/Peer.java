package dev.proreus.loadtest.peers;

import java.io.IOException;

/** One of those that are compared. Each call starts a server with an empty store and ends it again. */
interface Peer {
    /** Returns its name and version. */
    String name();

    /** Lets every stream be told of every write, as fast as it goes. */
    Measured fanout() throws IOException, InterruptedException;

    /** Writes durably, as fast as it goes. */
    Measured writes() throws IOException, InterruptedException;
}
