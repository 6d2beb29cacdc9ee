package dev.proreus.server.agent;

import dev.proreus.server.rpc.StatusMapper;
import dev.proreus.v1.Problem;
import dev.proreus.v1.ReportResult;
import dev.proreus.v1.WriteOutcome;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.commit.Written;
import dev.proreus.workspace.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The reports of a session that are under way.
 *
 * <p><b>State.</b> A report is in flight from its arrival until its answer is sent. What the engine answers is put into
 * {@code arrived} on whatever thread it comes; one wake-up of the loop takes all that is there. What became durable
 * then waits in {@code durable} for the transport, and leaves in one message.
 *
 * <p><b>Invariants.</b> {@code inFlight} counts the reports in the engine, in {@code arrived} and in {@code durable};
 * it never exceeds {@link SessionBounds#REPORTS_IN_FLIGHT} because the session stops listening at it, so both queues
 * are bounded by it. Reports are handed to the engine in the order of their arrival.
 *
 * <p><b>Threads.</b> {@code arrived} and {@code woken} are for any thread, everything else is confined to the loop.
 */
final class Reports {
    private final Engine engine;
    private final StatusMapper statuses;
    private final Sender sender;
    private final SessionLoop loop;
    private final Runnable onAnswered;
    private final Queue<Answer> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final List<ReportResult> durable = new ArrayList<>();
    private int inFlight;
    private boolean last;

    /**
     * Makes a session's reports.
     *
     * @param onAnswered runs on the loop whenever answers were sent
     */
    Reports(Engine engine, StatusMapper statuses, Sender sender, SessionLoop loop, Runnable onAnswered) {
        this.engine = engine;
        this.statuses = statuses;
        this.sender = sender;
        this.loop = loop;
        this.onAnswered = onAnswered;
    }

    /** Returns whether one more may be taken. */
    boolean hasRoom() {
        return inFlight < SessionBounds.REPORTS_IN_FLIGHT;
    }

    /** Returns whether every report that was taken has its answer. */
    boolean areAnswered() {
        return inFlight == 0;
    }

    /**
     * Hands a report to the engine.
     *
     * @param origin the problem that a refusal becomes, without its error
     */
    void submit(ObjectWrite wish, Problem origin) {
        inFlight++;
        engine.write(wish).whenComplete((written, failure) -> {
            arrived.add(new Answer(origin, written, failure));
            if (woken.compareAndSet(false, true)) {
                loop.run(this::collect);
            }
        });
    }

    /** Takes note that the session ends when all is answered: answers wait for the transport no longer. */
    void finish() {
        last = true;
        flush();
    }

    /** Sends what became durable, where there is any. */
    void flush() {
        if (durable.isEmpty()) {
            return;
        }
        inFlight -= durable.size();
        sender.send(Messages.results(durable));
        durable.clear();
        onAnswered.run();
    }

    private void collect() {
        woken.set(false);
        boolean refused = false;
        for (Answer each = arrived.poll(); each != null; each = arrived.poll()) {
            if (each.written == null) {
                inFlight--;
                refused = true;
                sender.answer(Messages.problem(problem(each)));
            } else {
                durable.add(result(each.origin.getSeq(), each.written));
            }
        }
        if (last || sender.isReady()) {
            flush();
        }
        if (refused) {
            onAnswered.run();
        }
    }

    private Problem problem(Answer answer) {
        Throwable failure =
                answer.failure == null ? new IllegalStateException("a write without an answer") : answer.failure;
        return answer.origin.toBuilder().setError(statuses.status(failure)).build();
    }

    private static ReportResult result(long seq, Written written) {
        return ReportResult.newBuilder()
                .setSeq(seq)
                .setResourceVersion(written.revision())
                .setOutcome(outcome(written.outcome()))
                .build();
    }

    private static WriteOutcome outcome(Written.Outcome outcome) {
        return switch (outcome) {
            case CREATED -> WriteOutcome.WRITE_OUTCOME_CREATED;
            case UPDATED -> WriteOutcome.WRITE_OUTCOME_UPDATED;
            case UNCHANGED -> WriteOutcome.WRITE_OUTCOME_UNCHANGED;
            case DELETED -> WriteOutcome.WRITE_OUTCOME_DELETED;
        };
    }

    /**
     * What the engine answered.
     *
     * @param origin names the report
     * @param written what it did; null where it was refused
     * @param failure why it was refused; null where it was not
     */
    private record Answer(
            Problem origin,
            @Nullable Written written,
            @Nullable Throwable failure) {}
}
