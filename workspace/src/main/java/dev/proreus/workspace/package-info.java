/**
 * The vocabulary of the engine: what a workspace, an object, a revision and an event are, and the ports by which they are
 * reached. Values are immutable and validate themselves. No I/O, threads, clocks or logging.
 */
@NullMarked
package dev.proreus.workspace;

import org.jspecify.annotations.NullMarked;
