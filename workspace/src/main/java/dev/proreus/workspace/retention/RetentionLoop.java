package dev.proreus.workspace.retention;

import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Retention;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreException;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.tree.WorkspaceTree;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps history within its limits: raises floors, then deletes what lies below them, a little at a time.
 *
 * <p><b>State.</b> Where it stands is in the store: floors in the rows of workspaces, commits not yet too old in
 * {@code seq}, what is left to delete in {@code log}. What is in memory only says where to look first.
 *
 * <p><b>Invariants.</b> A floor rises before anything below it is deleted, and only to a revision that is published.
 * Everything can be done twice, so that a crash at any point costs nothing but the repetition.
 *
 * <p><b>Threads.</b> One step at a time, on the executor given; {@link #changed} and {@link #committed} on any.
 */
public final class RetentionLoop implements AutoCloseable {
    /** Rows deleted in one step: some milliseconds of work, so that a write never waits for more than that. */
    static final int STEP_ROWS = 1_024;

    /** Floors raised in one step: one commit batch at most, together with the writes of others. */
    static final int STEP_FLOORS = 256;

    /** How often it looks where there is nothing to do. */
    private static final Duration TICK = Duration.ofSeconds(1);

    /** Part of the time that it leaves to others while there is much to do: three times what it takes. */
    private static final int REST_FACTOR = 3;

    private static final long REST_MIN_NANOS = 1_000_000;

    /** How much more than its age a commit may be kept: a part of the age, so that floors do not rise all the time. */
    private static final int AGE_PARTS = 60;

    private static final Duration AGE_PAUSE_MIN = Duration.ofSeconds(1);
    private static final Duration AGE_PAUSE_MAX = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(RetentionLoop.class);

    private final Floors floors;
    private final Duration age;
    private final AgeLimit ages;
    private final ByteLimit bytes;
    private final OwnLimits own;
    private final Trimmer trimmer;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final ScheduledExecutorService executor;
    private Instant agesDue = Instant.MIN;
    private @Nullable Future<?> next;
    private boolean closed;

    /**
     * Makes a loop over what is published; {@link #start} lets it work.
     *
     * @param most what the store keeps
     * @param nanos tells how long a step takes
     * @param executor runs the steps, which block on the disk; its owner closes it after this
     */
    public RetentionLoop(
            Keys keys,
            Store store,
            WorkspaceTree tree,
            Retention most,
            Floors floors,
            InstantSource clock,
            LongSupplier nanos,
            ScheduledExecutorService executor) {
        LogSearch log = new LogSearch(keys, store);
        this.floors = floors;
        this.age = most.age();
        this.ages = new AgeLimit(keys, store, tree, log);
        this.bytes = new ByteLimit(tree, log, most.bytes());
        this.own = new OwnLimits(tree, log, most);
        this.trimmer = new Trimmer(keys, store, tree);
        this.clock = clock;
        this.nanos = nanos;
        this.executor = executor;
    }

    /** Schedules the first step. */
    public synchronized void start() {
        schedule(TICK.toNanos());
    }

    /** Takes notice of what a workspace is to keep now. */
    public void changed(Workspace workspace) {
        own.changed(workspace);
    }

    /** Takes notice of a commit; quick. */
    public void committed(long workspaceId) {
        own.committed(workspaceId);
    }

    private void schedule(long delayNanos) {
        try {
            next = executor.schedule(this::run, delayNanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the executor has been closed; history is trimmed at the next start");
        }
    }

    private synchronized void run() {
        if (closed) {
            return;
        }
        long began = nanos.getAsLong();
        try {
            boolean more = step();
            long took = nanos.getAsLong() - began;
            schedule(more ? Math.max(REST_MIN_NANOS, REST_FACTOR * took) : TICK.toNanos());
        } catch (StoreException e) {
            LOG.error("history is trimmed no longer, since the store cannot be read or written", e);
        } catch (RuntimeException e) {
            LOG.error("a step of retention failed; the next one is in {}", TICK, e);
            schedule(TICK.toNanos());
        }
    }

    /** Does a bounded amount of work; returns whether there is more. */
    boolean step() {
        Instant now = clock.instant();
        List<Floor> wanted = new ArrayList<>(own.exceeded(now, STEP_FLOORS));
        wanted.addAll(bytes.exceeded(STEP_FLOORS));
        boolean full = wanted.size() >= STEP_FLOORS;
        raise(wanted);
        boolean more = ages(now);
        return trimmer.step(STEP_ROWS) || more || full;
    }

    private boolean ages(Instant now) {
        if (now.isBefore(agesDue)) {
            return false;
        }
        AgeLimit.Aged aged = ages.read(now.minus(age), STEP_FLOORS);
        if (raise(aged.floors())) {
            ages.done(aged);
        }
        agesDue = aged.more() ? now : now.plus(pause(age));
        return aged.more();
    }

    /** Raises floors and waits until they stand; returns whether all do. */
    private boolean raise(List<Floor> wanted) {
        List<CompletableFuture<?>> raised = wanted.stream()
                .<CompletableFuture<?>>map(
                        floor -> floors.raise(floor.workspaceId(), floor.revision(), floor.historyBytes())
                                .toCompletableFuture())
                .toList();
        boolean all = true;
        for (int i = 0; i < raised.size(); i++) {
            all &= stands(raised.get(i));
            trimmer.raised(wanted.get(i).workspaceId());
        }
        return all;
    }

    private static boolean stands(CompletableFuture<?> raised) {
        try {
            raised.join();
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof RefusedException refused) {
                return refused.reason() == Reason.WORKSPACE_DELETED;
            }
            throw e;
        }
    }

    /** Returns for how long nothing is looked at again for its age. */
    static Duration pause(Duration age) {
        Duration part = age.dividedBy(AGE_PARTS);
        if (part.compareTo(AGE_PAUSE_MIN) < 0) {
            return AGE_PAUSE_MIN;
        }
        return part.compareTo(AGE_PAUSE_MAX) > 0 ? AGE_PAUSE_MAX : part;
    }

    /** Ends the loop, after the step under way. */
    @Override
    public synchronized void close() {
        closed = true;
        if (next != null) {
            next.cancel(false);
        }
    }
}
