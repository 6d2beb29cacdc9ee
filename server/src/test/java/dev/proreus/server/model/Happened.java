package dev.proreus.server.model;

import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Operation;
import dev.proreus.guarantees.RecordedWatch;
import dev.proreus.guarantees.Recording;

/** How often lives met what they are there for, so that a run which shows little is seen to. */
final class Happened {
    private long events;
    private long batches;
    private long dryRuns;
    private long expired;
    private long subtrees;
    private long resumed;

    Happened() {}

    void add(Recording recording) {
        events += recording.events();
        for (Operation operation : recording.operations()) {
            batches += operation.parts().size() > 1 ? 1 : 0;
            dryRuns += operation.dryRun() ? 1 : 0;
        }
        for (RecordedWatch watch : recording.watches()) {
            Interest interest = watch.interest();
            boolean told = watch.events() > 0;
            expired += watch.end().endsWith(" RESOURCE_VERSION_EXPIRED") ? 1 : 0;
            subtrees += interest.subtree() && told ? 1 : 0;
            resumed += interest.subtree() && told && !interest.token().isEmpty() ? 1 : 0;
        }
    }

    @Override
    public String toString() {
        return events + " events, " + batches + " batches, " + dryRuns + " dry runs, " + expired
                + " watches below the floor, " + subtrees + " of subtrees, " + resumed + " of them resumed";
    }
}
