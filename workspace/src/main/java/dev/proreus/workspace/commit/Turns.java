package dev.proreus.workspace.commit;

import dev.proreus.workspace.Limits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be committed, and whose turn it is: at any time one thread at most builds a batch, and one at most
 * writes one. A thread that has built a batch becomes its writer as soon as the batch before is written; meanwhile it
 * takes in what comes. So each batch stays with one thread, and two threads keep both jobs busy.
 *
 * <p>While a batch is written, a thread is woken only for as much as {@link Overlap} says. Fewer are left to the
 * writer, which builds the next batch of them itself when it is back, or to the builder that waits, which takes them in
 * when its turn to write comes.
 *
 * <p>Any thread may offer; the rest is for the committer's threads. Taking a turn sees all that was done in the one
 * before.
 */
final class Turns {
    private final Lock lock;
    private final Overlap overlap;
    private final Condition mayBuild;
    private final Condition mayGoOn;
    private final Queue<Entry> queue = new ArrayDeque<>();
    private long queuedBytes;
    private boolean building;
    private boolean builderWaits;
    private boolean writing;
    private boolean closed;
    private boolean failed;

    /**
     * Makes turns that nobody has taken.
     *
     * @param lock guards them; what waits, waits at its conditions
     * @param overlap how much a thread is woken for while another writes
     */
    Turns(Lock lock, Overlap overlap) {
        this.lock = lock;
        this.overlap = overlap;
        this.mayBuild = lock.newCondition();
        this.mayGoOn = lock.newCondition();
    }

    /** What a builder that has nothing more to take in does next. */
    enum Next {
        /** Write the batch, with what is queued now: the turn to write is its. */
        WRITE,
        /** Take in what has been queued meanwhile. */
        BUILD,
        /** Give up: the batch before could not be written. */
        GIVE_UP
    }

    /** What became of an offer. */
    enum Offer {
        /** It is queued. */
        TAKEN,
        /** As many bytes are queued as may be. */
        FULL,
        /** No more is taken. */
        CLOSED
    }

    Offer offer(Entry entry) {
        lock.lock();
        try {
            if (closed) {
                return Offer.CLOSED;
            }
            if (queuedBytes + entry.weight() > Limits.QUEUED_BYTES) {
                return Offer.FULL;
            }
            queuedBytes += entry.weight();
            queue.add(entry);
            if (!building && (!writing || isWorthWaking())) {
                mayBuild.signal();
            } else if (builderWaits && isWorthWaking()) {
                mayGoOn.signal();
            }
            return Offer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    private boolean isWorthWaking() {
        return queue.size() >= overlap.commands() || queuedBytes >= overlap.bytes();
    }

    /** Returns the bytes of what waits. */
    long queuedBytes() {
        lock.lock();
        try {
            return queuedBytes;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something to build a batch of; returns false once there will be nothing any more. */
    boolean awaitBuilding() {
        lock.lock();
        try {
            while (building || queue.isEmpty()) {
                if (closed && queue.isEmpty()) {
                    return false;
                }
                mayBuild.awaitUninterruptibly();
            }
            building = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the next command, or null where there is none now; for the builder. */
    @Nullable
    Entry poll() {
        lock.lock();
        try {
            Entry next = queue.poll();
            queuedBytes -= next == null ? 0 : next.weight();
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the batch can be written, or unless it is full until there is much more for it; for the builder. */
    Next awaitWriting(boolean full) {
        lock.lock();
        try {
            while (writing && !failed && (full || !isWorthWaking())) {
                builderWaits = !full;
                mayGoOn.awaitUninterruptibly();
                builderWaits = false;
            }
            if (failed) {
                return Next.GIVE_UP;
            }
            if (writing) {
                return Next.BUILD;
            }
            writing = true;
            return Next.WRITE;
        } finally {
            lock.unlock();
        }
    }

    /** Lets others build; for the builder, once its batch is complete and it has the turn to write. */
    void doneBuilding() {
        lock.lock();
        try {
            building = false;
            if (closed) {
                mayBuild.signalAll();
            } else if (isWorthWaking()) {
                mayBuild.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets the next batch be written; for the writer. */
    void doneWriting() {
        lock.lock();
        try {
            writing = false;
            mayGoOn.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more; what is queued is still committed. */
    void close() {
        lock.lock();
        try {
            closed = true;
            mayBuild.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends everything for good; returns what is queued, to be refused. */
    List<Entry> fail() {
        lock.lock();
        try {
            failed = true;
            closed = true;
            List<Entry> left = new ArrayList<>(queue);
            queue.clear();
            mayBuild.signalAll();
            mayGoOn.signalAll();
            return left;
        } finally {
            lock.unlock();
        }
    }

    /**
     * A command that waits.
     *
     * @param command what to do
     * @param weight bytes that it takes meanwhile
     * @param queuedNanos since when
     * @param answer is told what it did
     */
    record Entry(Command command, int weight, long queuedNanos, Answer<?> answer) {}
}
