package dev.proreus.server;

import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Retention;
import dev.proreus.workspace.cache.CacheSizes;
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
 * @param retention how much history is kept
 * @param caches what may be held in memory of what the store has
 * @param instrumentation what the server's numbers are told to
 */
public record ServerOptions(
        InetSocketAddress listen,
        Clock clock,
        RandomGenerator random,
        Retention retention,
        CacheSizes caches,
        Instrumentation instrumentation) {
    /** Returns the options of a server that lives in the real world. */
    public static ServerOptions listeningOn(
            InetSocketAddress listen, Retention retention, CacheSizes caches, Instrumentation instrumentation) {
        return new ServerOptions(listen, Clock.systemUTC(), new SecureRandom(), retention, caches, instrumentation);
    }
}
