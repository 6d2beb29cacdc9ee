package dev.proreus.workspace.commit;

import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Publication;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.keys.Keys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of a store.
 *
 * <p><b>State.</b> A queue of commands bounded by {@link Limits#QUEUED_BYTES}, and one thread. The thread takes what
 * has queued up, applies it to the state that it owns, writes one batch with one sync, publishes, answers, and starts
 * over.
 *
 * <p><b>Invariants.</b> Nothing is answered, readable or watchable before the batch that it belongs to is durable;
 * refusals wait as well, since they may speak of state of that batch. Revisions are given in the order of the queue. A
 * write that fails has an unknown outcome: its batch is answered so, nothing is written any more, and the owner is told
 * to end the process.
 *
 * <p><b>Threads.</b> {@link #submit} may be called by any thread and never blocks. Stages complete on the committer's
 * thread, so what hangs on them must be short.
 */
public final class Committer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final Duration RETRY = Duration.ofMillis(100);

    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final Store store;
    private final Applier applier;
    private final Published published;
    private final Consumer<List<Publication>> watches;
    private final Consumer<RuntimeException> onFailure;
    private final CommitMetrics metrics;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Makes a committer that stands where {@code loaded} does; {@link #start} lets it work.
     *
     * @param watches takes what each batch publishes, on the committer's thread
     * @param onFailure is told once that the store failed, on the committer's thread
     */
    public Committer(
            Keys keys,
            Store store,
            Loaded loaded,
            Consumer<List<Publication>> watches,
            Consumer<RuntimeException> onFailure,
            CommitMetrics metrics,
            ThreadFactory threads) {
        this.store = store;
        this.published = loaded.published();
        this.applier = new Applier(keys, store, loaded.state(), published);
        this.watches = watches;
        this.onFailure = onFailure;
        this.metrics = metrics;
        metrics.queue(queuedBytes::get);
        this.thread = threads.newThread(this::run);
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    /**
     * Queues a command.
     *
     * @param <R> what the kind of command gives
     * @return a stage that completes once the command is durable, or exceptionally where it is refused: RATE_LIMITED
     *     where the queue is full, STOPPING after {@link #close}
     */
    public <R> CompletionStage<R> submit(Command command, Class<R> result) {
        CompletableFuture<R> answer = new CompletableFuture<>();
        int weight = command.weight();
        if (queuedBytes.addAndGet(weight) > Limits.QUEUED_BYTES) {
            queuedBytes.addAndGet(-weight);
            metrics.refused(Reason.RATE_LIMITED);
            answer.completeExceptionally(RefusedException.because(
                            Reason.RATE_LIMITED,
                            "the server has " + Limits.QUEUED_BYTES
                                    + " bytes of writes queued, as many as it allows: try again")
                    .retryAfter(RETRY));
            return answer;
        }
        queue.add(new Entry(command, weight, metrics.now(), new Answer<>(answer, result)));
        if (closed) {
            refuseQueued();
        }
        return answer;
    }

    private void run() {
        List<Entry> taken = new ArrayList<>();
        try {
            while (true) {
                taken.clear();
                taken.add(queue.take());
                queue.drainTo(taken, Limits.BATCH_COMMANDS - 1);
                if (!commitAll(taken)) {
                    return;
                }
            }
        } catch (RuntimeException e) {
            fail(taken, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.debug("the committer was interrupted");
        } finally {
            closed = true;
            refuseQueued();
        }
    }

    /** Commits entries in as many batches as their size asks for; returns whether to go on. */
    private boolean commitAll(List<Entry> taken) {
        int next = 0;
        while (next < taken.size()) {
            Batch batch = applier.begin();
            List<Runnable> answers = new ArrayList<>();
            long began = metrics.now();
            long firstQueued = taken.get(next).queuedNanos;
            while (next < taken.size() && !batch.isFull()) {
                Entry entry = taken.get(next++);
                queuedBytes.addAndGet(-entry.weight);
                if (entry.command == null) {
                    finish(batch, answers);
                    return false;
                }
                answers.add(judge(entry, entry.command, batch));
            }
            metrics.judged(answers.size(), firstQueued, began);
            finish(batch, answers);
        }
        return true;
    }

    private Runnable judge(Entry entry, Command command, Batch batch) {
        try {
            Object result = applier.apply(command, batch);
            return () -> entry.answer.give(result);
        } catch (RefusedException refusal) {
            metrics.refused(refusal.reason());
            return () -> entry.answer.refuse(refusal);
        }
    }

    private void finish(Batch batch, List<Runnable> answers) {
        if (!batch.isEmpty()) {
            StoreBatch rows = batch.seal();
            long began = metrics.now();
            store.write(rows);
            metrics.synced(answers.size(), rows.bytes(), began);
            published.raise(batch, watches);
        }
        answers.forEach(Runnable::run);
    }

    private void fail(List<Entry> taken, RuntimeException failure) {
        metrics.syncFailed();
        LOG.error(
                "the store failed; the outcome of {} writes is unknown and the process must end",
                taken.size(),
                failure);
        RefusedException unknown = RefusedException.because(
                Reason.OUTCOME_UNKNOWN,
                "the store failed while the write was under way: it may have happened or not; read before you retry");
        taken.forEach(entry -> entry.answer.refuse(unknown));
        onFailure.accept(failure);
    }

    private void refuseQueued() {
        for (Entry entry = queue.poll(); entry != null; entry = queue.poll()) {
            queuedBytes.addAndGet(-entry.weight);
            metrics.refused(Reason.STOPPING);
            entry.answer.refuse(
                    RefusedException.because(Reason.STOPPING, "the server is shutting down: connect again and retry"));
        }
    }

    /** Finishes what is queued, refuses what comes later, and waits for the thread to end. */
    @Override
    public void close() {
        if (!closed) {
            queue.add(new Entry(null, 0, 0, new Answer<>(new CompletableFuture<>(), Object.class)));
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A command that waits.
     *
     * @param command the command, or null for the sign to end
     * @param queuedNanos since when
     */
    private record Entry(@Nullable Command command, int weight, long queuedNanos, Answer<?> answer) {}

    private record Answer<R>(CompletableFuture<R> future, Class<R> type) {
        void give(Object result) {
            future.complete(type.cast(result));
        }

        void refuse(RefusedException refusal) {
            future.completeExceptionally(refusal);
        }
    }
}
