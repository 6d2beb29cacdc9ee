/**
 * The vocabulary of the engine: names, limits and refusals that every package below it speaks in.
 *
 * <p>Values are immutable and validate in their factories. No I/O, no threads, no clocks, no logging, and no import of
 * any package below this one.
 */
@NullMarked
package dev.proreus.workspace;

import org.jspecify.annotations.NullMarked;
