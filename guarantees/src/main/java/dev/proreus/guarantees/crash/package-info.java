/**
 * The crash run: clients write and watch while the server is killed and started again, and all that they were told is
 * judged across the restarts. Who starts and kills the server is a port, so that the same run serves tests and the
 * command; it may let a kill be a loss of power. May import {@code power}, {@code record} and {@code validate}.
 */
@NullMarked
package dev.proreus.guarantees.crash;

import org.jspecify.annotations.NullMarked;
