package dev.proreus.cli.connection;

import io.grpc.ManagedChannel;

/** Opens channels to servers. */
public interface Channels {

    /** Returns a new channel, which connects when it is first used; the caller shuts it down. */
    ManagedChannel open(Endpoint server);
}
