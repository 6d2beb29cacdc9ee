package dev.proreus.workspace.retention;

import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.tree.WorkspaceTree;
import java.util.concurrent.atomic.LongAdder;

/** What retention counts: what is kept of history, and what it takes to keep no more. Any thread may tell. */
public final class RetentionMetrics {
    private final Instrumentation instrumentation;
    private final LongAdder floors;
    private final LongAdder rows;

    /** Makes the instruments. */
    public RetentionMetrics(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
        floors = instrumentation.counter(
                "proreus.retention.floors", "{floor}", "Floors raised, those that stood there already too.");
        rows = instrumentation.counter(
                "proreus.retention.rows", "{row}", "Rows of history deleted, because they were too old or too many.");
    }

    /** Tells of what is kept, and of the most that may be. */
    void observe(WorkspaceTree tree, long bytesMax) {
        instrumentation.level(
                "proreus.retention.history.size",
                "By",
                "Bytes of history above the floors of all workspaces.",
                tree::historyBytes);
        instrumentation.level(
                "proreus.retention.history.limit", "By", "Bytes of history that are kept at most.", () -> bytesMax);
    }

    /** A floor was raised. */
    void raised() {
        floors.increment();
    }

    /** Rows were deleted. */
    void trimmed(int count) {
        rows.add(count);
    }
}
