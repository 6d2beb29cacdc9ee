package dev.proreus.server.rpc;

import io.grpc.ServerServiceDefinition;

/** A service of the contract, as the server's features give them to the process. */
public interface Service {
    /** Binds the methods to their handlers. */
    ServerServiceDefinition bind(Edge edge);

    /**
     * Tells clients with streams that the server will stop, where the service has a word for it. Called once, on any
     * thread, before the engine ends what it feeds; returns at once.
     */
    default void drain() {}

    /** Ends the streams that are left after {@link #drain} and the time for it; called as that is. */
    default void stop() {}
}
