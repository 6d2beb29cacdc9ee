package dev.proreus.cli.dev;

import dev.proreus.cli.connection.Endpoint;
import java.time.Duration;

/**
 * What the command line asks of {@code dev}.
 *
 * @param data folder of the server's data
 * @param listen where the server listens
 * @param admin where the server answers operators, or {@code off}
 * @param robots how many in each workspace
 * @param every how often they get a new target
 * @param once whether to end when all are Ready
 * @param timeout how long that may take
 */
record DevSettings(
        String data, Endpoint listen, String admin, int robots, Duration every, boolean once, Duration timeout) {}
