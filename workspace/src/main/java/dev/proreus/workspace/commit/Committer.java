package dev.proreus.workspace.commit;

import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Publication;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.cache.ObjectCache;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.keys.Keys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of a store.
 *
 * <p><b>State.</b> A queue of commands bounded by {@link Limits#QUEUED_BYTES}, and two threads that take turns: while
 * one writes the batch that it has built, with one sync, and publishes and answers it, the other builds the next, where
 * {@link Overlap} says that it is worth it, on top of the state that the first leaves. At most one batch is in flight
 * and one in the making; {@link Turns} sees to that.
 *
 * <p><b>Invariants.</b> Batches are written, published and answered in the order in which they were built, and
 * revisions are given in the order of the queue. Nothing is answered, readable or watchable before the batch that it
 * belongs to is durable; refusals wait as well, since they may speak of state of that batch or of the one in flight. A
 * write that fails has an unknown outcome: its batch and the one built on it are answered so, nothing is written any
 * more, and the owner is told to end the process.
 *
 * <p><b>Threads.</b> {@link #submit} may be called by any thread and never blocks on the disk. What {@code apply}
 * decides by belongs to whoever builds, what is published to whoever writes. Stages complete on the writing thread, so
 * what hangs on them must be short.
 */
public final class Committer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final Duration RETRY = Duration.ofMillis(100);
    private static final int THREADS = 2;

    private final Turns turns;
    private final Store store;
    private final Applier applier;
    private final Published published;
    private final Consumer<RuntimeException> onFailure;
    private Consumer<List<Publication>> watches = publications -> {};
    private final CommitMetrics metrics;
    private final AtomicBoolean failed = new AtomicBoolean();

    /** Since when the first command of each batch that is being judged or written was queued. */
    private final Map<Round, Long> underWay = new ConcurrentHashMap<>(THREADS);

    private final List<Thread> threads = new ArrayList<>(THREADS);

    /**
     * Makes a committer that stands where {@code loaded} does; {@link #start} lets it work.
     *
     * @param onFailure is told once that the store failed, on one of the committer's threads
     * @param lock guards the turns of the threads, which wait for one another at its conditions and nowhere else
     * @param overlap from how much on a batch is built while another is written
     */
    public Committer(
            Keys keys,
            Store store,
            ObjectCache cache,
            Loaded loaded,
            Consumer<RuntimeException> onFailure,
            CommitMetrics metrics,
            ThreadFactory threads,
            Lock lock,
            Overlap overlap) {
        this.turns = new Turns(lock, overlap);
        this.store = store;
        this.published = loaded.published();
        this.applier = new Applier(keys, store, cache, loaded.state(), published);
        this.onFailure = onFailure;
        this.metrics = metrics;
        metrics.observe(turns::queuedBytes, this::oldestNanos);
        for (int i = 0; i < THREADS; i++) {
            this.threads.add(threads.newThread(this::run));
        }
    }

    /**
     * Starts the threads.
     *
     * @param takesPublished takes what each batch publishes, on the committer's threads, one at a time
     */
    public void start(Consumer<List<Publication>> takesPublished) {
        watches = takesPublished;
        threads.forEach(Thread::start);
    }

    /**
     * Queues a command.
     *
     * @param <R> what the kind of command gives
     * @return a stage that completes once the command is durable, or exceptionally where it is refused: RATE_LIMITED
     *     where the queue is full, STOPPING after {@link #close}
     */
    public <R> CompletionStage<R> submit(Command command, Class<R> result) {
        Answer<R> answer = new Answer<>(new CompletableFuture<>(), result);
        RefusedException refusal =
                switch (turns.offer(new Turns.Entry(command, command.weight(), metrics.now(), answer))) {
                    case TAKEN -> null;
                    case FULL -> full();
                    case CLOSED -> stopping();
                };
        if (refusal != null) {
            refuse(answer, refusal);
        }
        return answer.future();
    }

    private void run() {
        while (turns.awaitBuilding()) {
            Round round = new Round(applier.begin());
            try {
                if (!build(round)) {
                    round.refuse(unknown());
                    return;
                }
                write(round);
            } catch (RuntimeException e) {
                fail(round, e);
                return;
            } catch (Error e) {
                // The other thread must not wait for the turns of one that is no more.
                fail(round, new IllegalStateException("a thread of the committer ended", e));
                throw e;
            }
        }
    }

    /** Builds a batch until the turn to write it comes; returns false where the batch before it failed. */
    private boolean build(Round round) {
        Turns.Next next = Turns.Next.BUILD;
        try {
            while (next == Turns.Next.BUILD) {
                takeIn(round);
                next = turns.awaitWriting(round.isFull());
            }
            if (next == Turns.Next.WRITE) {
                takeIn(round);
            }
        } catch (RuntimeException e) {
            // The batch before is none of this fault: it is answered first.
            if (next == Turns.Next.BUILD) {
                next = turns.awaitWriting(true);
            }
            if (next == Turns.Next.WRITE) {
                throw e;
            }
        }
        return next == Turns.Next.WRITE;
    }

    private void takeIn(Round round) {
        Turns.Entry entry = poll(round);
        if (entry == null) {
            return;
        }
        long began = metrics.now();
        for (; entry != null; entry = poll(round)) {
            if (round.entries.isEmpty()) {
                underWay.put(round, entry.queuedNanos());
            }
            round.judge(entry, applier, metrics);
        }
        round.judgedNanos += metrics.now() - began;
    }

    private Turns.@Nullable Entry poll(Round round) {
        return round.isFull() ? null : turns.poll();
    }

    private void write(Round round) {
        Batch.Sealed sealed = applier.seal(round.batch);
        turns.doneBuilding();
        metrics.judged(round.entries.size(), round.waitedNanos, round.judgedNanos);
        if (!sealed.isEmpty()) {
            long began = metrics.now();
            store.write(sealed.rows());
            metrics.synced(round.entries.size(), sealed.rows().bytes(), began);
            published.raise(sealed, watches);
        }
        underWay.remove(round);
        round.answers.forEach(Runnable::run);
        turns.doneWriting();
    }

    /** Returns, to any thread, for how long the oldest command has waited that is being judged or written. */
    private long oldestNanos() {
        long now = metrics.now();
        return underWay.values().stream()
                .mapToLong(queued -> now - queued)
                .max()
                .orElse(0);
    }

    private void fail(Round round, RuntimeException failure) {
        // First, so that nobody waits for this thread's turn, whatever else goes wrong here.
        List<Turns.Entry> left = turns.fail();
        metrics.syncFailed();
        LOG.error(
                "the committer failed; the outcome of {} writes is unknown and the process must end",
                round.entries.size(),
                failure);
        round.refuse(unknown());
        left.forEach(entry -> refuse(entry.answer(), stopping()));
        if (failed.compareAndSet(false, true)) {
            onFailure.accept(failure);
        }
    }

    private void refuse(Answer<?> answer, RefusedException refusal) {
        metrics.refused(refusal.reason());
        answer.refuse(refusal);
    }

    private static RefusedException full() {
        return RefusedException.because(
                        Reason.RATE_LIMITED,
                        "the server has " + Limits.QUEUED_BYTES
                                + " bytes of writes queued, as many as it allows: try again")
                .retryAfter(RETRY);
    }

    private static RefusedException unknown() {
        return RefusedException.because(
                Reason.OUTCOME_UNKNOWN,
                "the store failed while the write was under way: it may have happened or not; read before you retry");
    }

    private static RefusedException stopping() {
        return RefusedException.because(Reason.STOPPING, "the server is shutting down: connect again and retry");
    }

    /** Finishes what is queued, refuses what comes later, and waits for the threads to end. */
    @Override
    public void close() {
        turns.close();
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A batch on its way, and whom to answer after it. */
    private static final class Round {
        private final Batch batch;
        private final List<Turns.Entry> entries = new ArrayList<>();
        private final List<Runnable> answers = new ArrayList<>();
        private long weight;
        private long waitedNanos;
        private long judgedNanos;

        Round(Batch batch) {
            this.batch = batch;
        }

        boolean isFull() {
            return batch.isFull() || weight >= Batch.FULL_BYTES || entries.size() >= Limits.BATCH_COMMANDS;
        }

        void judge(Turns.Entry entry, Applier applier, CommitMetrics metrics) {
            if (entries.isEmpty()) {
                waitedNanos = metrics.now() - entry.queuedNanos();
            }
            entries.add(entry);
            weight += entry.weight();
            try {
                Object result = applier.apply(entry.command(), batch);
                answers.add(() -> entry.answer().give(result));
            } catch (RefusedException refusal) {
                metrics.refused(refusal.reason());
                answers.add(() -> entry.answer().refuse(refusal));
            }
        }

        void refuse(RefusedException refusal) {
            entries.forEach(entry -> entry.answer().refuse(refusal));
        }
    }
}
