package dev.proreus.workspace.watch;

import dev.proreus.workspace.History;
import dev.proreus.workspace.Place;
import dev.proreus.workspace.Scope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Answers what the subscriptions of a hub want of history: each in turn, and together where they want the same. */
final class CatchUp {
    /*
     * State: `waiting` holds jobs in the order of their turns; a job is the page or the object of one subscription, or
     * a scan that many share. `joinable` are the scans among them, by scope: a read joins one that stands near it and
     * is not running just then, and else starts one. After a slice, a scan that still has members goes to the end.
     *
     * Bounds: a subscription has one read outstanding at most, so there are never more jobs than subscriptions; nobody
     * is refused for their number. At most `parallel` jobs run at a time, however many readers there are, so that reads
     * of others find one where they have no readers of their own. Where the readers take no work at all just then, the
     * jobs wait for the next read that is asked for or answered, or for the next tick.
     *
     * Rests: while writes come, a reader rests after each job, and meanwhile no job is handed over. It then does the
     * next itself, which has mostly come by then: to wake another for it would cost both the reader and the loop.
     *
     * Counts: `running` jobs have been handed to the readers or are being done, `promised` ones of them wait there.
     * Who rests, one of the `resting`, keeps its place among those that run.
     *
     * Answers: what a job has answered is told once its reader counts as resting. Who is told asks for the next at
     * once, which another reader would begin else: two would be at work for one watch, and a rate be kept by neither.
     *
     * Threads: any; the lock is held for moves of the queue only, never while history is read or a loop is told.
     */

    private final History history;
    private final Executor readers;
    private final int parallel;
    private final LongFunction<@Nullable Place> places;
    private final ReadPace pace;
    private final BodyRooms rooms = new BodyRooms();
    private final Object lock = new Object();
    private final Deque<Job> waiting = new ArrayDeque<>();
    private final Map<Scope, List<Scan>> joinable = new HashMap<>();
    private int running;
    private int promised;
    private int resting;

    /** @param parallel jobs that run at a time */
    CatchUp(History history, Executor readers, int parallel, LongFunction<@Nullable Place> places, ReadPace pace) {
        this.history = history;
        this.readers = readers;
        this.parallel = parallel;
        this.places = places;
        this.pace = pace;
    }

    /** Something to do in one go of bounded length. */
    private interface Job {
        /** Does it; tells nobody. */
        Turn run();
    }

    /** Takes a read, which is answered in its turn. */
    void submit(HistoryRead read) {
        synchronized (lock) {
            if (read instanceof HistoryRead.OfChanges changes && !isOfOneObject(changes)) {
                join(changes);
            } else {
                waiting.add(new Single(read));
            }
        }
        dispatch();
    }

    /** Takes note that something was published; for the writer. */
    void published(long nanos) {
        pace.published(nanos);
    }

    /** Tries again where the readers had no room. */
    void dispatch() {
        while (take()) {
            boolean handedOver = false;
            try {
                readers.execute(this::runNext);
                handedOver = true;
            } catch (RejectedExecutionException e) {
                return;
            } finally {
                if (!handedOver) {
                    giveBack();
                }
            }
        }
    }

    /** Returns how many jobs wait or run. */
    int size() {
        synchronized (lock) {
            // Those that were handed to the readers and have not begun still stand in the queue.
            return waiting.size() + running - promised - resting;
        }
    }

    /**
     * Gives back what {@link #take} took, whatever kept the readers from it: a place that is lost would be for ever.
     */
    private void giveBack() {
        synchronized (lock) {
            running--;
            promised--;
        }
    }

    private boolean take() {
        synchronized (lock) {
            boolean free = resting == 0 && running < parallel && promised < waiting.size();
            running += free ? 1 : 0;
            promised += free ? 1 : 0;
            return free;
        }
    }

    /** Does jobs until none waits after a rest, or no rest is due: then others of the readers get their turn. */
    private void runNext() {
        try {
            while (runOne()) {
                dispatch();
            }
        } finally {
            dispatch();
        }
    }

    /** Does the job whose turn it is, and rests after it where writes come; returns whether to do the next as well. */
    private boolean runOne() {
        long began = pace.now();
        Job job = begin();
        Turn turn;
        try {
            turn = job.run();
        } catch (RuntimeException | Error e) {
            leave();
            throw e;
        }
        long rest = end(job, turn, began);
        if (rest == 0) {
            turn.answered().forEach(HistoryRead::tell);
            return false;
        }
        try {
            turn.answered().forEach(HistoryRead::tell);
            pace.rest(rest);
        } catch (RuntimeException | Error e) {
            leaveRest();
            throw e;
        }
        return takeAfterRest();
    }

    private Job begin() {
        synchronized (lock) {
            promised--;
            Job job = waiting.remove();
            if (job instanceof Shared shared) {
                forget(shared.scan);
            }
            return job;
        }
    }

    /** Returns how long to rest; where that is not at all, another takes the place. */
    private long end(Job job, Turn turn, long began) {
        synchronized (lock) {
            if (turn.more()) {
                putBack(job);
            }
            long rest = pace.restNanos(began, turn.given() / running);
            resting += rest > 0 ? 1 : 0;
            running -= rest > 0 ? 0 : 1;
            return rest;
        }
    }

    /** Gives back the place of a job that failed. */
    private void leave() {
        synchronized (lock) {
            running--;
        }
    }

    /** Gives back the place of one that was to rest. */
    private void leaveRest() {
        synchronized (lock) {
            resting--;
            running--;
        }
    }

    private boolean takeAfterRest() {
        synchronized (lock) {
            resting--;
            boolean next = promised < waiting.size();
            promised += next ? 1 : 0;
            running -= next ? 0 : 1;
            return next;
        }
    }

    private void putBack(Job job) {
        waiting.add(job);
        if (job instanceof Shared shared) {
            joinable.computeIfAbsent(shared.scan.scope(), key -> new ArrayList<>(1))
                    .add(shared.scan);
        }
    }

    private void join(HistoryRead.OfChanges read) {
        List<Scan> scans = joinable.computeIfAbsent(read.spec().scope(), key -> new ArrayList<>(1));
        for (Scan scan : scans) {
            if (scan.canJoin(read)) {
                scan.join(read);
                return;
            }
        }
        Scan scan = new Scan(read, places, rooms);
        scans.add(scan);
        waiting.add(new Shared(scan));
    }

    private void forget(Scan scan) {
        List<Scan> scans = joinable.get(scan.scope());
        if (scans != null) {
            scans.remove(scan);
            if (scans.isEmpty()) {
                joinable.remove(scan.scope());
            }
        }
    }

    private static boolean isOfOneObject(HistoryRead.OfChanges read) {
        return read.filter().name() != null && read.spec().scope() instanceof Scope.OneWorkspace;
    }

    /** A scan of the log, slice by slice. */
    private final class Shared implements Job {
        private final Scan scan;

        Shared(Scan scan) {
            this.scan = scan;
        }

        @Override
        public Turn run() {
            return scan.run(history);
        }
    }

    /** What one subscription wants for itself. */
    private final class Single implements Job {
        private final HistoryRead read;

        Single(HistoryRead read) {
            this.read = read;
        }

        @Override
        public Turn run() {
            long given = 0;
            try {
                Chunk chunk = read.isStale() ? new Chunk(Chunk.Kind.CHANGES) : chunk();
                read.complete(chunk);
                given = chunk.bytes();
            } catch (RuntimeException | Error e) {
                read.fail(e);
            }
            return new Turn(List.of(read), given, false);
        }

        private Chunk chunk() {
            return read instanceof HistoryRead.OfStates states
                    ? states.read(history, places)
                    : object((HistoryRead.OfChanges) read);
        }

        /** Reads the versions of the one object that is wanted. */
        private Chunk object(HistoryRead.OfChanges wanted) {
            String name = wanted.filter().name();
            if (name == null) {
                throw new IllegalStateException("no object is named");
            }
            WatchSpec spec = wanted.spec();
            History.Log log = history.versions(
                    spec.workspaceId(),
                    spec.typeId(),
                    name,
                    wanted.after(),
                    wanted.through(),
                    spec.ownEpoch() != 0,
                    LatestPass.CHANGES);
            Share share = wanted.share();
            log.changes().forEach(change -> share.offer(change.revision(), new SharedEvent(change, null)));
            return share.close(log.reached());
        }
    }
}
