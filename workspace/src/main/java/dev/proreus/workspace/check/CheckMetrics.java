package dev.proreus.workspace.check;

import dev.proreus.workspace.Instrumentation;
import java.util.concurrent.atomic.LongAdder;

/** What the background check counts. Any thread may tell. */
public final class CheckMetrics {
    private final LongAdder rows;
    private final LongAdder passes;
    private final LongAdder skips;
    private final LongAdder findings;

    /** Makes the instruments. */
    public CheckMetrics(Instrumentation instrumentation) {
        rows = instrumentation.counter("proreus.check.rows", "{row}", "Rows looked at by the background check.");
        passes = instrumentation.counter(
                "proreus.check.passes", "{pass}", "Times that the background check has counted all workspaces.");
        skips = instrumentation.counter(
                "proreus.check.skips",
                "{workspace}",
                "Workspaces left to its next pass, because they lost their past or went meanwhile.");
        findings = instrumentation.counter(
                "proreus.check.findings",
                "{finding}",
                "Counters found wrong and rows found damaged; the process ends.");
    }

    /** Rows were looked at. */
    void seen(int count) {
        rows.add(count);
    }

    /** A pass is over. */
    void passed() {
        passes.increment();
    }

    /** A workspace was left to the next pass. */
    void skipped() {
        skips.increment();
    }

    /** Something does not agree. */
    void found() {
        findings.increment();
    }
}
