package dev.proreus.agent.session;

import dev.proreus.agent.reconcile.StatusReport;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said about the objects of one subscription.
 *
 * <p>State of an object: the newest report that waits, the one that was sent and has no answer yet, and the generation
 * to be acknowledged. A report that waits gives way to a newer one, and the next is sent once the last is answered; so
 * memory and what is under way are bounded by the objects, however fast reports come. At the end of a session an
 * unanswered report waits again, unless a newer one does. Objects take turns. For one thread.
 */
final class Outbox {
    /** Something to send. */
    sealed interface Saying {}

    /** That a generation was taken on. */
    record Accepted(String name, String uid, long generation) implements Saying {}

    /** A report. */
    record Told(StatusReport report) implements Saying {}

    private final Map<String, Entry> entries = new HashMap<>();
    private final LinkedHashSet<String> turns = new LinkedHashSet<>();
    private int unsettled;

    /** Lets a report wait, in place of an older one. */
    void offer(StatusReport report) {
        Entry entry = entry(report.name());
        setWaiting(entry, report);
        queue(report.name(), entry);
    }

    /** Lets a generation be acknowledged, once in a session. */
    void accept(String name, String uid, long generation) {
        Entry entry = entry(name);
        Accepted accepted = new Accepted(name, uid, generation);
        if (!accepted.equals(entry.accepted)) {
            entry.accepted = accepted;
            entry.acknowledge = true;
            queue(name, entry);
        }
    }

    /** Forgets an object; the answer to what was sent about it no longer matters. */
    void forget(String name) {
        Entry entry = entries.remove(name);
        if (entry != null) {
            setWaiting(entry, null);
            setSent(entry, null);
            turns.remove(name);
        }
    }

    /** Forgets all objects. */
    void forgetAll() {
        entries.clear();
        turns.clear();
        unsettled = 0;
    }

    /** Returns the newest report about an object that is not known to be durable. */
    Optional<StatusReport> newest(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(entry.waiting != null ? entry.waiting : entry.sent);
    }

    /** Takes what is to be sent next; a report counts as sent. */
    Optional<Saying> poll() {
        Iterator<String> next = turns.iterator();
        if (!next.hasNext()) {
            return Optional.empty();
        }
        String name = next.next();
        next.remove();
        Entry entry = Objects.requireNonNull(entries.get(name));
        if (entry.acknowledge) {
            entry.acknowledge = false;
            queue(name, entry);
            return Optional.ofNullable(entry.accepted);
        }
        StatusReport report = Objects.requireNonNull(entry.waiting);
        setWaiting(entry, null);
        setSent(entry, report);
        return Optional.of(new Told(report));
    }

    /** Returns whether there is anything to send now. */
    boolean hasNext() {
        return !turns.isEmpty();
    }

    /** Takes in that a report was answered. Returns whether it still mattered. */
    boolean answered(StatusReport report) {
        Entry entry = entries.get(report.name());
        if (entry == null || !report.equals(entry.sent)) {
            return false;
        }
        setSent(entry, null);
        queue(report.name(), entry);
        return true;
    }

    /** Takes in that a report was not taken and may be yet: it waits again, unless a newer one does. */
    void returned(StatusReport report) {
        Entry entry = entries.get(report.name());
        if (entry != null && report.equals(entry.sent)) {
            putBack(entry);
            queue(report.name(), entry);
        }
    }

    /** Takes in that the session is over: what is unanswered waits again, and generations may be acknowledged anew. */
    void disconnected() {
        for (Map.Entry<String, Entry> one : entries.entrySet()) {
            Entry entry = one.getValue();
            entry.accepted = null;
            entry.acknowledge = false;
            turns.remove(one.getKey());
            putBack(entry);
            queue(one.getKey(), entry);
        }
        entries.values().removeIf(entry -> entry.waiting == null);
    }

    /** Returns whether no report waits or is unanswered. */
    boolean isSettled() {
        return unsettled == 0;
    }

    private void putBack(Entry entry) {
        StatusReport sent = entry.sent;
        setSent(entry, null);
        if (sent != null && entry.waiting == null) {
            setWaiting(entry, sent);
        }
    }

    private Entry entry(String name) {
        return entries.computeIfAbsent(name, n -> new Entry());
    }

    private void queue(String name, Entry entry) {
        if (entry.acknowledge || (entry.waiting != null && entry.sent == null)) {
            turns.add(name);
        }
    }

    private void setWaiting(Entry entry, @Nullable StatusReport report) {
        unsettled += (report == null ? 0 : 1) - (entry.waiting == null ? 0 : 1);
        entry.waiting = report;
    }

    private void setSent(Entry entry, @Nullable StatusReport report) {
        unsettled += (report == null ? 0 : 1) - (entry.sent == null ? 0 : 1);
        entry.sent = report;
    }

    private static final class Entry {
        private @Nullable StatusReport waiting;
        private @Nullable StatusReport sent;
        private @Nullable Accepted accepted;
        private boolean acknowledge;
    }
}
