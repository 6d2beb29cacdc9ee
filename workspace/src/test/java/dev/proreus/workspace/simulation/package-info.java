/**
 * The whole engine, simulated: its disk, clock, threads and clients are in the hand of one seed, so that one seed gives
 * one trace, byte for byte. A test package: may import everything of the engine, and {@code dev.proreus.guarantees}.
 */
@NullMarked
package dev.proreus.workspace.simulation;

import org.jspecify.annotations.NullMarked;
