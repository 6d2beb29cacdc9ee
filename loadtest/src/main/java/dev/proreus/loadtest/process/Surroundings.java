package dev.proreus.loadtest.process;

import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What a run needs of the world.
 *
 * @param nanoTime the clock of all times
 * @param threads makes the threads of writers
 * @param random chance for names
 * @param atEnd takes what is to be done when the process is told to stop
 */
public record Surroundings(
        LongSupplier nanoTime, ThreadFactory threads, RandomGenerator random, Consumer<Runnable> atEnd) {}
