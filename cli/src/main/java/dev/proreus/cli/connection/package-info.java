/**
 * The way to a server: its address, one channel, calls with a deadline, and what is told when it does not answer. May
 * import {@code failure}.
 */
@NullMarked
package dev.proreus.cli.connection;

import org.jspecify.annotations.NullMarked;
