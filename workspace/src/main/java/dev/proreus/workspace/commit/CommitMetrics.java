package dev.proreus.workspace.commit;

import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** What the committer counts and measures. Any thread may tell; times are those of {@link #now}. */
public final class CommitMetrics {
    private static final AttributeKey<String> REASON = AttributeKey.stringKey("error.type");
    private static final List<Long> COMMANDS = List.of(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L);
    private static final List<Long> BYTES =
            List.of(1L << 10, 1L << 12, 1L << 14, 1L << 16, 1L << 18, 1L << 20, 1L << 22, 1L << 24);

    private final Instrumentation instrumentation;
    private final LongAdder batches;
    private final LongAdder commands;
    private final LongAdder syncFailures;
    private final Map<Reason, LongAdder> refusals = new EnumMap<>(Reason.class);
    private final LongHistogram batchCommands;
    private final LongHistogram batchSize;
    private final DoubleHistogram wait;
    private final DoubleHistogram apply;
    private final DoubleHistogram sync;

    /** Makes the instruments. */
    public CommitMetrics(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
        batches = instrumentation.counter("proreus.commit.batches", "{batch}", "Commit batches made durable.");
        commands = instrumentation.counter(
                "proreus.commit.commands", "{command}", "Commands judged, those refused and those without effect too.");
        syncFailures = instrumentation.counter(
                "proreus.commit.sync.failures", "{sync}", "Commit batches whose outcome is unknown; the process ends.");
        batchCommands = instrumentation.sizes(
                "proreus.commit.batch.commands", "{command}", "Commands in a commit batch.", COMMANDS);
        batchSize = instrumentation.sizes("proreus.commit.batch.size", "By", "Bytes that a batch writes.", BYTES);
        wait = instrumentation.durations(
                "proreus.commit.queue.wait", "Time in the queue of the first command of each batch.");
        apply = instrumentation.durations("proreus.commit.apply.duration", "Time to judge and build a batch.");
        sync = instrumentation.durations("proreus.commit.sync.duration", "Time to write and sync a batch.");
        for (Reason reason : Reason.values()) {
            refusals.put(reason, new LongAdder());
        }
        instrumentation
                .meter()
                .counterBuilder("proreus.commit.refusals")
                .setUnit("{command}")
                .setDescription("Commands refused, by reason.")
                .buildWithCallback(measurement -> refusals.forEach((reason, count) -> {
                    if (count.sum() > 0) {
                        measurement.record(count.sum(), Attributes.of(REASON, reason.name()));
                    }
                }));
    }

    /** Tells where the bytes of the queue are counted. */
    void queue(LongSupplier queuedBytes) {
        instrumentation.level("proreus.commit.queue.size", "By", "Bytes of commands that wait.", queuedBytes);
        instrumentation.level(
                "proreus.commit.queue.limit", "By", "Bytes that may wait; more is refused.", () -> Limits.QUEUED_BYTES);
    }

    /** Returns the present. */
    long now() {
        return instrumentation.now();
    }

    /** A command was refused, in the queue or by apply. */
    void refused(Reason reason) {
        LongAdder count = refusals.get(reason);
        if (count != null) {
            count.increment();
        }
    }

    /** Commands were judged, the first of which was queued at one time; that began at another. */
    void judged(int count, long firstQueuedNanos, long beganNanos) {
        commands.add(count);
        apply.record(instrumentation.secondsSince(beganNanos));
        wait.record((beganNanos - firstQueuedNanos) / 1e9);
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
