package dev.proreus.workspace.engine;

import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Retention;
import dev.proreus.workspace.cache.CacheSizes;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What an engine is given from outside.
 *
 * @param clock tells the time that commands carry
 * @param random gives identities and nonces; fit for keys
 * @param readers runs what blocks on the disk for requests, from the opening on; bounded by its owner, who closes it
 *     after the engine
 * @param catchUp runs what blocks on the disk for watches, which may wait where writes and requests do not; closed like
 *     readers, and may be the same
 * @param catchUpReads how many reads catchUp is given at a time; where it is the same, fewer than the readers are
 * @param threads makes the committer's threads
 * @param ringBytes bytes of encoded events kept for live watches
 * @param caches what may be held in memory of what the store has
 * @param retention how much history the store keeps
 * @param background runs what trims history, on one thread, in short steps that block on the disk; its owner closes it
 *     after the engine
 * @param reclaimer runs what deletes the rows of workspaces that are gone, on one thread; blocks on the disk, for as
 *     long as a compaction takes; its owner closes it after the engine
 * @param checker runs what counts, in the same way; may be the one that trims
 * @param instrumentation what the engine's numbers are told to
 * @param onFailure is told once that the store failed; the process must end
 */
public record EngineOptions(
        InstantSource clock,
        RandomGenerator random,
        Executor readers,
        Executor catchUp,
        int catchUpReads,
        ThreadFactory threads,
        long ringBytes,
        CacheSizes caches,
        Retention retention,
        ScheduledExecutorService background,
        ScheduledExecutorService reclaimer,
        ScheduledExecutorService checker,
        Instrumentation instrumentation,
        Consumer<RuntimeException> onFailure) {
    /** Returns the time that commands carry which are made now, in whole milliseconds. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
