package dev.proreus.cli.dev;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What {@code dev} sees of the world around its process, besides its terminal.
 *
 * @param launcher path of the program that runs any verb; empty where this process was not started by it
 * @param processes starts the children
 * @param interrupts tells when to end
 * @param environment the variables of the environment
 * @param random picks targets
 * @param clock the time of day
 * @param nanoTime the time that passes
 */
public record DevSurroundings(
        Optional<String> launcher,
        Processes processes,
        Interrupts interrupts,
        Map<String, String> environment,
        RandomGenerator random,
        InstantSource clock,
        LongSupplier nanoTime) {}
