package dev.proreus.workspace.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Limits;
import dev.proreus.workspace.RecordedMetrics;
import dev.proreus.workspace.store.Store;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** What operators are told of commits is what happens. Each look at the clock takes a second. */
class CommitMetricsTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong nanos = new AtomicLong();
    private final RecordedMetrics recorded = new RecordedMetrics(() -> nanos.addAndGet(SECOND));
    private final CommitMetrics metrics;
    private final StateMachine machine = new StateMachine();

    CommitMetricsTest() {
        metrics = new CommitMetrics(recorded.instrumentation());
    }

    @Test
    void aBatchIsCountedAndItsTimesAreThoseOfItsParts() {
        try (Committer committer = committer(machine.store)) {
            committer.start(publications -> {});
            submit(committer, create("acme")).join();
        }
        assertThat(recorded.sum("proreus.commit.batches")).isEqualTo(1);
        assertThat(recorded.sum("proreus.commit.commands")).isEqualTo(1);
        assertThat(histogram("proreus.commit.batch.commands")).isEqualTo(1);
        assertThat(histogram("proreus.commit.batch.size")).isPositive();
        assertThat(histogram("proreus.commit.queue.wait"))
                .as("from the queue to its judgement, the builder's look between")
                .isEqualTo(2);
        assertThat(histogram("proreus.commit.apply.duration"))
                .as("with the look of the judgement between")
                .isEqualTo(2);
        assertThat(histogram("proreus.commit.sync.duration")).isEqualTo(1);
        assertThat(recorded.sum("proreus.commit.sync.failures")).isZero();
        assertThat(recorded.byAttribute("proreus.commit.refusals")).isEmpty();
    }

    @Test
    void refusalsAreCountedByTheirReasonsWhereverTheyAreRefused() {
        Committer committer = committer(machine.store);
        committer.start(publications -> {});
        submit(committer, create("acme")).join();
        assertThat(submit(committer, create("acme"))).failsWithin(20, TimeUnit.SECONDS);
        committer.close();
        assertThat(submit(committer, create("late"))).isCompletedExceptionally();
        assertThat(submit(committer, create("later"))).isCompletedExceptionally();
        assertThat(recorded.byAttribute("proreus.commit.refusals"))
                .isEqualTo(Map.of("ALREADY_EXISTS", 1L, "STOPPING", 2L));
        assertThat(recorded.sum("proreus.commit.commands")).isEqualTo(2);
        assertThat(recorded.sum("proreus.commit.batches"))
                .as("a batch without effect is not written")
                .isEqualTo(1);
    }

    @Test
    void aBatchThatTheStoreDoesNotTakeIsCountedAsAFailureAlone() {
        machine.store.close();
        try (Committer committer = committer(machine.store)) {
            committer.start(publications -> {});
            assertThat(submit(committer, create("acme"))).failsWithin(20, TimeUnit.SECONDS);
        }
        assertThat(recorded.sum("proreus.commit.sync.failures")).isEqualTo(1);
        assertThat(recorded.sum("proreus.commit.batches")).isZero();
    }

    @Test
    void whatWaitsIsToldBesideWhatMayWait() {
        Committer committer = committer(machine.store);
        Command command = create("acme");
        assertThat(submit(committer, command)).isNotDone();
        assertThat(submit(committer, create("globex"))).isNotDone();
        assertThat(recorded.sum("proreus.commit.queue.size")).isEqualTo(2L * command.weight());
        assertThat(recorded.sum("proreus.commit.queue.limit")).isEqualTo(Limits.QUEUED_BYTES);
    }

    private Committer committer(Store store) {
        return new Committer(
                machine.keys,
                store,
                machine.cache,
                machine.loaded,
                failure -> {},
                metrics,
                Thread::new,
                new ReentrantLock(),
                Overlap.WHERE_WORTH_IT);
    }

    private static Command create(String name) {
        UUID uid = new UUID(2, name.hashCode());
        return new Command.CreateWorkspace(1, name, uid, uid, null, StateMachine.NOW);
    }

    private static CompletableFuture<Object> submit(Committer committer, Command command) {
        return committer.submit(command, Object.class).toCompletableFuture();
    }

    /** Returns the sum of all that was recorded. */
    private double histogram(String name) {
        return recorded.metric(name).getHistogramData().getPoints().stream()
                .mapToDouble(HistogramPointData::getSum)
                .sum();
    }
}
