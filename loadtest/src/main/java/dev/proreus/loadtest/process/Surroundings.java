package dev.proreus.loadtest.process;

import java.util.SplittableRandom;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What a run needs of the world.
 *
 * @param nanoTime the clock of all times
 * @param threads makes the threads of clients
 * @param random chance for names, and the seed of a run that was given none
 * @param seeded makes chance of a seed
 * @param atEnd takes what is to be done when the process is told to stop
 */
public record Surroundings(
        LongSupplier nanoTime,
        ThreadFactory threads,
        RandomGenerator random,
        LongFunction<SplittableRandom> seeded,
        Consumer<Runnable> atEnd) {}
