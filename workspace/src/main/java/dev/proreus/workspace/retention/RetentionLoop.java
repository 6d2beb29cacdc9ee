package dev.proreus.workspace.retention;

import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Retention;
import dev.proreus.workspace.pace.Pace;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreClosedException;
import dev.proreus.workspace.store.StoreException;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.tree.WorkspaceTree;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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

    private static final Duration REST_MIN = Duration.ofMillis(1);

    private static final Logger LOG = LoggerFactory.getLogger(RetentionLoop.class);

    private final Floors floors;
    private final Duration age;
    private final AgeLimit ages;
    private final ByteLimit bytes;
    private final OwnLimits own;
    private final Trimmer trimmer;
    private final InstantSource clock;
    private final Pace pace;
    private final RetentionMetrics metrics;
    private final Consumer<RuntimeException> onFailure;
    private Instant agesDue = Instant.MIN;

    /**
     * Makes a loop over what is published; {@link #start} lets it work.
     *
     * @param head the newest sequence of the store
     * @param most what the store keeps
     * @param executor runs the steps, which block on the disk; its owner closes it after this
     * @param onFailure is told that the store cannot be read or written; the process must end
     */
    public RetentionLoop(
            Keys keys,
            Store store,
            WorkspaceTree tree,
            long head,
            Retention most,
            Floors floors,
            InstantSource clock,
            ScheduledExecutorService executor,
            RetentionMetrics metrics,
            Consumer<RuntimeException> onFailure) {
        LogSearch log = new LogSearch(keys, store);
        this.floors = floors;
        this.age = most.age();
        this.ages = new AgeLimit(keys, store, tree, log, head);
        this.bytes = new ByteLimit(tree, log, most.bytes());
        this.own = new OwnLimits(tree, log, most);
        this.trimmer = new Trimmer(keys, store, tree);
        this.clock = clock;
        this.pace = new Pace(executor, clock, REST_FACTOR, REST_MIN);
        this.metrics = metrics;
        this.onFailure = onFailure;
        metrics.observe(tree, most.bytes());
    }

    /** Schedules the first step. */
    public synchronized void start() {
        schedule(() -> {}, TICK);
    }

    /** Takes notice of what a workspace is to keep now. */
    public void changed(Workspace workspace) {
        own.changed(workspace);
    }

    /** Takes notice of a commit; quick. */
    public void committed(long workspaceId) {
        own.committed(workspaceId);
    }

    /** Returns the newest sequence that no subtree can be read on from below any more, for its age; 0 where all can. */
    public long agedThrough() {
        return ages.forgottenThrough();
    }

    /** Schedules the next step, which begins with what the one before has left to do. */
    private void schedule(Runnable rest, Duration delay) {
        pace.after(delay, () -> run(rest));
    }

    private synchronized void run(Runnable rest) {
        if (pace.isClosed()) {
            return;
        }
        try {
            rest.run();
            step();
        } catch (StoreClosedException e) {
            LOG.debug("the store has been closed; history is trimmed on after the next start");
        } catch (StoreException e) {
            onFailure.accept(e);
        } catch (RuntimeException e) {
            LOG.error("a step of retention failed; the next one is in {}", TICK, e);
            schedule(() -> {}, TICK);
        }
    }

    /** Does a bounded amount of work, and schedules the next step for when the floors that it raises stand. */
    private void step() {
        Instant began = clock.instant();
        metrics.trimmed(trimmer.step(STEP_ROWS));
        boolean more = trimmer.hasMore();
        List<Floor> wanted = new ArrayList<>(own.exceeded(began, STEP_FLOORS));
        wanted.addAll(bytes.exceeded(STEP_FLOORS));
        AgeLimit.Aged aged =
                began.isBefore(agesDue) ? AgeLimit.NONE : ages.read(began.minus(age), STEP_FLOORS, STEP_ROWS);
        wanted.addAll(aged.floors());
        Duration pause = pace.restAfter(began);
        if (wanted.isEmpty()) {
            settle(aged, began);
            schedule(() -> {}, more || aged.more() ? pause : TICK);
        } else {
            raise(wanted, pause, () -> settle(aged, began));
        }
    }

    /** Forgets commits that were too old, once their floors stand. */
    private void settle(AgeLimit.Aged aged, Instant readAt) {
        metrics.trimmed(ages.done(aged));
        if (!readAt.isBefore(agesDue)) {
            agesDue = aged.more() ? readAt : readAt.plus(AgeLimit.pause(age));
        }
    }

    /** Raises floors; the next step comes when all are answered, and begins with {@code settled} if all stand. */
    private void raise(List<Floor> wanted, Duration pause, Runnable settled) {
        AtomicInteger open = new AtomicInteger(wanted.size());
        AtomicBoolean all = new AtomicBoolean(true);
        for (Floor floor : wanted) {
            var unused = floors.raise(floor).whenComplete((done, refusal) -> {
                if (refusal == null) {
                    metrics.raised();
                }
                if (!stands(refusal)) {
                    all.set(false);
                }
                if (open.decrementAndGet() == 0) {
                    answered(wanted, all.get() ? pause : TICK, all.get() ? settled : () -> {});
                }
            });
        }
    }

    private synchronized void answered(List<Floor> wanted, Duration pause, Runnable settled) {
        wanted.forEach(floor -> trimmer.raised(floor.workspaceId()));
        schedule(settled, pause);
    }

    /** Returns whether a floor need not be raised any more. */
    private static boolean stands(@Nullable Throwable refusal) {
        return refusal == null
                || (refusal instanceof RefusedException refused && refused.reason() == Reason.WORKSPACE_DELETED);
    }

    /** Ends the loop, after the step under way. */
    @Override
    public synchronized void close() {
        pace.close();
    }
}
