package dev.proreus.agent.reconcile;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Keys that wait for a worker, at once or from a time on: each at most once, and never while a worker has it.
 *
 * <p>State of a key: it waits for its time, or stands in the queue, or is with a worker; with a worker it may be wanted
 * again. Whoever takes a key gets it for the newest state, however often it was wanted before. Memory is bounded by the
 * keys. For one thread; times are those of one clock, in nanoseconds.
 */
final class WorkQueue<K> {
    private final Map<K, Entry<K>> entries = new HashMap<>();
    private final LinkedHashSet<Entry<K>> ready = new LinkedHashSet<>();
    private final TreeSet<Entry<K>> waiting =
            new TreeSet<>(Comparator.<Entry<K>>comparingLong(e -> e.due).thenComparingLong(e -> e.number));
    private long numbers;
    private int taken;

    /** Wants a key now, whatever time it waits for. */
    void trigger(K key) {
        Entry<K> entry = entries.computeIfAbsent(key, k -> new Entry<>(k, numbers++));
        if (entry.taken) {
            entry.wanted = true;
        } else if (!entry.queued) {
            waiting.remove(entry);
            enqueue(entry);
        }
    }

    /** Lets a key wait for this time instead of another; nothing where it stands in the queue or is with a worker. */
    void retry(K key, long due) {
        Entry<K> entry = entries.computeIfAbsent(key, k -> new Entry<>(k, numbers++));
        if (!entry.taken && !entry.queued) {
            waiting.remove(entry);
            entry.due = due;
            waiting.add(entry);
        }
    }

    /** Drops a key; one that is with a worker is dropped when it comes back, unless it is triggered before. */
    void forget(K key) {
        Entry<K> entry = entries.get(key);
        if (entry == null) {
            return;
        }
        entry.wanted = false;
        if (entry.taken) {
            entry.forgotten = true;
            return;
        }
        entries.remove(key);
        waiting.remove(entry);
        ready.remove(entry);
    }

    /** Takes the key that has waited longest; empty where none is due. */
    Optional<K> take(long now) {
        while (!waiting.isEmpty() && waiting.first().due - now <= 0) {
            Entry<K> due = waiting.first();
            waiting.remove(due);
            enqueue(due);
        }
        Iterator<Entry<K>> longest = ready.iterator();
        if (!longest.hasNext()) {
            return Optional.empty();
        }
        Entry<K> entry = longest.next();
        longest.remove();
        entry.queued = false;
        entry.taken = true;
        entry.forgotten = false;
        taken++;
        return Optional.of(entry.key);
    }

    /**
     * Gives a key back.
     *
     * @param due when it is wanted again, if nothing triggers it earlier; empty where only a trigger counts
     */
    void done(K key, OptionalLong due) {
        Entry<K> entry = entries.get(key);
        if (entry == null || !entry.taken) {
            throw new IllegalStateException("a key was given back that nobody had taken");
        }
        entry.taken = false;
        taken--;
        if (entry.wanted) {
            entry.wanted = false;
            enqueue(entry);
        } else if (entry.forgotten || due.isEmpty()) {
            entries.remove(key);
        } else {
            entry.due = due.getAsLong();
            waiting.add(entry);
        }
    }

    /** Returns whether a key waits, stands in the queue or is with a worker. */
    boolean has(K key) {
        return entries.containsKey(key);
    }

    /** Returns when a key that waits for its time is due; empty where none waits. */
    OptionalLong nextDue() {
        return waiting.isEmpty() ? OptionalLong.empty() : OptionalLong.of(waiting.first().due);
    }

    /** Returns whether a key could be taken without waiting for a time. */
    boolean hasReady() {
        return !ready.isEmpty();
    }

    /** Returns how many keys are with workers. */
    int taken() {
        return taken;
    }

    private void enqueue(Entry<K> entry) {
        entry.queued = true;
        ready.add(entry);
    }

    private static final class Entry<K> {
        private final K key;
        private final long number;
        private boolean queued;
        private boolean taken;
        private boolean wanted;
        private boolean forgotten;
        private long due;

        Entry(K key, long number) {
            this.key = key;
            this.number = number;
        }
    }
}
