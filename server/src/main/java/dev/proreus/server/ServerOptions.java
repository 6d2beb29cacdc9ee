package dev.proreus.server;

import dev.proreus.workspace.Instrumentation;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * What a server is given from outside.
 *
 * @param listen where to listen; port 0 is any free one
 * @param clock tells the time that commits carry
 * @param random gives identities, generated names and request ids; safe for use by many threads
 * @param instrumentation what the server's numbers are told to
 */
public record ServerOptions(
        InetSocketAddress listen, Clock clock, RandomGenerator random, Instrumentation instrumentation) {
    /** Returns the options of a server that lives in the real world. */
    public static ServerOptions listeningOn(InetSocketAddress listen, Instrumentation instrumentation) {
        return new ServerOptions(listen, Clock.systemUTC(), new SecureRandom(), instrumentation);
    }
}
