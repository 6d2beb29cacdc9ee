package dev.proreus.workspace.deletion;

import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.WorkspaceGone;
import dev.proreus.workspace.pace.Pace;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreClosedException;
import dev.proreus.workspace.store.StoreException;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.tree.WorkspaceTree;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The background work on workspaces that are being deleted or are gone, in bounded steps with rests between them.
 *
 * <p>A step asks the one writer for what it wants and ends; the next one comes when all of it is answered. So at most
 * one step runs at a time, and deletions wait their turn among the writes of others.
 */
public final class DeletionLoop implements AutoCloseable {
    /** Rows deleted in one step: about a millisecond of work, which is what a write may have to wait for. */
    static final int STEP_ROWS = 256;

    /** How often it looks where there is nothing to do. */
    private static final Duration TICK = Duration.ofSeconds(1);

    /** How often it looks whether the last finalizer is gone, where nothing else is waited for. */
    private static final Duration FINAL_TICK = Duration.ofMillis(50);

    /** Part of the time that it leaves to others while there is much to do: three times what it takes. */
    private static final int REST_FACTOR = 3;

    private static final Duration REST_MIN = Duration.ofMillis(1);

    private static final Logger LOG = LoggerFactory.getLogger(DeletionLoop.class);

    private final Terminations terminations;
    private final Reclaimer reclaimer;
    private final LongSupplier forgottenThrough;
    private final InstantSource clock;
    private final Pace pace;
    private final Consumer<RuntimeException> onFailure;
    private final LongAdder rows;

    /**
     * Makes a loop over what is published; {@link #start} lets it work.
     *
     * @param left workspaces that were gone before, of which there are still rows
     * @param forgottenThrough gives the newest sequence that history no longer names
     * @param executor runs the steps, which block on the disk, some for as long as a compaction takes; its owner closes
     *     it after this
     * @param onFailure is told that the store cannot be read or written; the process must end
     */
    public DeletionLoop(
            Keys keys,
            Store store,
            WorkspaceTree tree,
            Collection<WorkspaceGone> left,
            Endings endings,
            LongSupplier forgottenThrough,
            InstantSource clock,
            ScheduledExecutorService executor,
            Instrumentation instrumentation,
            Consumer<RuntimeException> onFailure) {
        this.terminations = new Terminations(keys, store, tree, endings);
        this.reclaimer = new Reclaimer(keys, store, tree, left);
        this.forgottenThrough = forgottenThrough;
        this.clock = clock;
        this.pace = new Pace(executor, clock, REST_FACTOR, REST_MIN);
        this.onFailure = onFailure;
        this.rows = instrumentation.counter(
                "proreus.reclamation.rows",
                "{row}",
                "Rows deleted of workspaces that are gone; a range counts as one.");
        instrumentation.level(
                "proreus.reclamation.waiting",
                "{workspace}",
                "Workspaces that are gone, of which there are still rows to delete.",
                reclaimer::waiting);
        instrumentation.level(
                "proreus.workspaces.terminating",
                "{workspace}",
                "Workspaces that are being deleted and are not gone yet, those below them not counted.",
                () -> tree.terminating().size());
    }

    /** Schedules the first step. */
    public void start() {
        pace.after(TICK, this::run);
    }

    /** Takes notice of workspaces that are gone; quick, on any thread. */
    public void gone(WorkspaceGone gone) {
        reclaimer.add(gone);
    }

    private void run() {
        if (pace.isClosed()) {
            return;
        }
        try {
            step();
        } catch (StoreClosedException e) {
            LOG.debug("the store has been closed; what is left is deleted after the next start");
        } catch (StoreException e) {
            onFailure.accept(e);
        } catch (RuntimeException e) {
            LOG.error("a step of deletion failed; the next one is in {}", TICK, e);
            pace.after(TICK, this::run);
        }
    }

    /** Does a bounded amount of work, and schedules the next step for when all that it asks for is answered. */
    private void step() {
        // The store takes its own time for this, so no rest is due for it.
        reclaimer.giveBack();
        Instant began = clock.instant();
        rows.add(reclaimer.step(STEP_ROWS, forgottenThrough.getAsLong()));
        List<CompletionStage<?>> asked = terminations.step(began);
        boolean busy = reclaimer.hasMore() || terminations.hasMore() || !asked.isEmpty();
        Duration rest = pace.restAfter(began);
        Duration idle = terminations.isAnyFinal(began) ? FINAL_TICK : TICK;
        Duration pause = busy && rest.compareTo(TICK) < 0 ? rest : idle;
        CompletableFuture<?>[] answers = asked.stream()
                .map(each -> each.toCompletableFuture().exceptionally(refused -> null))
                .toArray(CompletableFuture<?>[]::new);
        var unused = CompletableFuture.allOf(answers).thenRun(() -> pace.after(pause, this::run));
    }

    /** Lets no further step begin. The one under way may go on until the store is closed. */
    @Override
    public void close() {
        pace.close();
    }
}
