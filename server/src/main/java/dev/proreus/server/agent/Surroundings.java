package dev.proreus.server.agent;

import dev.proreus.server.rpc.StatusMapper;
import dev.proreus.workspace.engine.Engine;
import java.time.Clock;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What all sessions of a server stand on.
 *
 * @param engine the engine
 * @param statuses the translation of refusals
 * @param registry the live sessions
 * @param presence records who is gone
 * @param clock the time that clients are told
 * @param nanoTime the time that silence is measured by, monotonic
 * @param names gives each session a random name
 */
record Surroundings(
        Engine engine,
        StatusMapper statuses,
        SessionRegistry registry,
        Presence presence,
        Clock clock,
        LongSupplier nanoTime,
        Supplier<UUID> names) {}
