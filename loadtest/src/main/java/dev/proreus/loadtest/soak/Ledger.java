package dev.proreus.loadtest.soak;

import dev.proreus.loadtest.report.Telling;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what all clients did, and what went otherwise than it must. For all threads. */
final class Ledger {
    /** Faults that are told in full; more of them would tell nothing new. */
    private static final int TOLD_FAULTS = 20;

    /** What is counted. */
    enum Entry {
        WORKSPACES_MADE("workspacesMade"),
        WORKSPACES_DELETED("workspacesDeleted"),
        WRITES("writes"),
        AGENTS("agents"),
        REPORTS("agentReports"),
        WATCHES("watches"),
        MESSAGES("watchMessages"),
        STRANGERS("silentConnections"),
        READ_BACK("objectsReadBack"),
        DIFFERENT("objectsDifferent"),
        FAULTS("unexpected");

        private final String label;

        Entry(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    private final Telling telling;
    private final Map<Entry, LongAdder> counts = new EnumMap<>(Entry.class);

    Ledger(Telling telling) {
        this.telling = telling;
        for (Entry entry : Entry.values()) {
            counts.put(entry, new LongAdder());
        }
    }

    void count(Entry entry) {
        count(entry, 1);
    }

    void count(Entry entry, long many) {
        LongAdder adder = counts.get(entry);
        if (adder != null) {
            adder.add(many);
        }
    }

    /** Counts something that must not happen, and says what. */
    void fault(String what) {
        count(Entry.FAULTS);
        if (get(Entry.FAULTS) <= TOLD_FAULTS) {
            telling.tell("FAULT %s", what);
        }
    }

    long get(Entry entry) {
        LongAdder adder = counts.get(entry);
        return adder == null ? 0 : adder.sum();
    }
}
