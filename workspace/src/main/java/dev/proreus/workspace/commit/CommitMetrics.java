package dev.proreus.workspace.commit;

import dev.proreus.workspace.Histogram;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.ReasonCounter;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** What the committer counts and measures. Any thread may tell; times are those of {@link #now}. */
public final class CommitMetrics {
    private static final List<Double> COMMANDS = List.of(1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0);
    private static final List<Double> BYTES = List.of(0x1p10, 0x1p12, 0x1p14, 0x1p16, 0x1p18, 0x1p20, 0x1p22, 0x1p24);

    private final Instrumentation instrumentation;
    private final LongAdder batches;
    private final LongAdder commands;
    private final LongAdder syncFailures;
    private final ReasonCounter refusals;
    private final Histogram batchCommands;
    private final Histogram batchSize;
    private final Histogram wait;
    private final Histogram apply;
    private final Histogram sync;

    /** Makes the instruments. */
    public CommitMetrics(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
        batches = instrumentation.counter("proreus.commit.batches", "{batch}", "Commit batches made durable.");
        commands = instrumentation.counter(
                "proreus.commit.commands", "{command}", "Commands judged, those refused and those without effect too.");
        syncFailures = instrumentation.counter(
                "proreus.commit.sync.failures", "{sync}", "Commit batches whose outcome is unknown; the process ends.");
        batchCommands = instrumentation.histogram(
                "proreus.commit.batch.commands", "{command}", "Commands in a commit batch.", COMMANDS);
        batchSize = instrumentation.histogram("proreus.commit.batch.size", "By", "Bytes that a batch writes.", BYTES);
        wait = instrumentation.durations(
                "proreus.commit.queue.wait", "Time in the queue of the first command of each batch.");
        apply = instrumentation.durations("proreus.commit.apply.duration", "Time to judge and build a batch.");
        sync = instrumentation.durations("proreus.commit.sync.duration", "Time to write and sync a batch.");
        refusals =
                instrumentation.counterByReason("proreus.commit.refusals", "{command}", "Commands refused, by reason.");
    }

    /** Tells where the bytes of the queue are counted, and how long the oldest command has been on its way. */
    void observe(LongSupplier queuedBytes, LongSupplier oldestNanos) {
        instrumentation.level("proreus.commit.queue.size", "By", "Bytes of commands that wait.", queuedBytes);
        instrumentation.level(
                "proreus.commit.queue.limit", "By", "Bytes that may wait; more is refused.", () -> Limits.QUEUED_BYTES);
        instrumentation.seconds(
                "proreus.commit.oldest",
                "Age of the oldest command that is being judged or written; it grows while the disk hangs.",
                oldestNanos);
    }

    /** Returns the present. */
    long now() {
        return instrumentation.now();
    }

    /** A command was refused, in the queue or by apply. */
    void refused(Reason reason) {
        refusals.count(reason);
    }

    /** The commands of a batch were judged: how long the first had waited, and how long judging took, without waits. */
    void judged(int count, long waitedNanos, long judgedNanos) {
        commands.add(count);
        apply.record(judgedNanos / 1e9);
        wait.record(waitedNanos / 1e9);
    }

    /** A batch became durable; writing it began at a time. */
    void synced(int commandsOfBatch, long bytes, long beganNanos) {
        sync.record(instrumentation.secondsSince(beganNanos));
        batches.increment();
        batchCommands.record(commandsOfBatch);
        batchSize.record(bytes);
    }

    /** A batch could not be made durable. */
    void syncFailed() {
        syncFailures.increment();
    }
}
