package dev.proreus.agent.runtime;

import dev.proreus.agent.pace.Loop;
import io.grpc.ManagedChannel;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What an agent needs of the world: threads, chance and the way to the server.
 *
 * @param instance random name of this process's agent
 * @param channels makes a connection for each try
 * @param loop the agent's thread and clock
 * @param random chance for delays; used on the loop
 * @param workers runs reconcilers
 * @param interruption interrupts the reconcilers that run
 * @param shutdown ends all threads; called once, when nothing more is to run
 */
record Engine(
        String instance,
        Supplier<ManagedChannel> channels,
        Loop loop,
        RandomGenerator random,
        Executor workers,
        Runnable interruption,
        Runnable shutdown) {}
