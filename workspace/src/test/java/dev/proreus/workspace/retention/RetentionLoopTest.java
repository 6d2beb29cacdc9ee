package dev.proreus.workspace.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RecordedMetrics;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Retention;
import dev.proreus.workspace.tree.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When the loop looks, what it waits for, and what operators are told of it. A look at the clock takes no time. */
class RetentionLoopTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration REST = Duration.ofMillis(1);
    private static final Duration AGE = Duration.ofHours(1);

    private final RecordedMetrics recorded = new RecordedMetrics(() -> 0);
    private final KeptHistory history = new KeptHistory();
    private final Workspace acme = history.workspace(1);
    private final Steps steps = new Steps();
    private final List<Floor> asked = new ArrayList<>();
    private final Deque<CompletableFuture<Void>> answers = new ArrayDeque<>();
    private Instant now = START;
    private boolean failing;
    private final RetentionLoop loop = loop(new Retention(AGE, 1_000));

    @AfterEach
    void close() {
        steps.shutdownNow();
    }

    @Test
    void anAgeIsLookedAtAgainAfterASixtiethOfItWithinBounds() {
        assertThat(AgeLimit.pause(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(1));
        assertThat(AgeLimit.pause(Duration.ofSeconds(90))).isEqualTo(Duration.ofMillis(1_500));
        assertThat(AgeLimit.pause(Duration.ofMinutes(59))).isEqualTo(Duration.ofSeconds(59));
        assertThat(AgeLimit.pause(Duration.ofDays(1))).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void whereThereIsNothingToDoItLooksOnceATick() {
        loop.start();
        assertThat(steps.delay()).isEqualTo(TICK);
        steps.run();
        assertThat(steps.delay()).isEqualTo(TICK);
        assertThat(asked).isEmpty();
    }

    @Test
    void whatIsTooOldIsForgottenOnceItsFloorStandsAndTrimmedThen() {
        history.commit(acme, START, 10);
        history.commit(acme, START, 10);
        now = START.plus(AGE);
        loop.start();
        steps.run();
        assertThat(asked).containsExactly(new Floor(1, 2, 2, 20));
        assertThat(steps.isEmpty()).as("nothing goes on before the answer").isTrue();
        assertThat(loop.agedThrough()).isZero();
        stand();
        assertThat(steps.delay()).isEqualTo(REST);
        assertThat(history.logged(acme)).hasSize(2);
        steps.run();
        assertThat(loop.agedThrough()).isEqualTo(2);
        assertThat(history.sequences()).isEmpty();
        assertThat(history.logged(acme)).isEmpty();
        assertThat(recorded.sum("proreus.retention.floors")).isEqualTo(1);
        assertThat(recorded.sum("proreus.retention.rows"))
                .as("two of seq, two of the log, one version")
                .isEqualTo(5);
        assertThat(steps.delay()).isEqualTo(TICK);
    }

    @Test
    void whatIsRefusedIsAskedForAgainATickLaterAndNothingIsForgotten() {
        history.commit(acme, START, 10);
        now = START.plus(AGE);
        loop.start();
        steps.run();
        answers.remove().completeExceptionally(RefusedException.because(Reason.RATE_LIMITED, "try again"));
        assertThat(steps.delay()).isEqualTo(TICK);
        assertThat(recorded.sum("proreus.retention.floors")).isZero();
        steps.run();
        assertThat(loop.agedThrough()).isZero();
        assertThat(history.sequences()).hasSize(1);
        assertThat(asked).hasSize(2);
    }

    @Test
    void theFloorOfAWorkspaceThatIsGoneNeedNotStand() {
        history.commit(acme, START, 10);
        now = START.plus(AGE);
        loop.start();
        steps.run();
        answers.remove().completeExceptionally(RefusedException.because(Reason.WORKSPACE_DELETED, "it is gone"));
        assertThat(steps.delay()).isEqualTo(REST);
        steps.run();
        assertThat(loop.agedThrough()).isEqualTo(1);
        assertThat(recorded.sum("proreus.retention.floors")).isZero();
    }

    @Test
    void aFaultIsNoRefusalThatStands() {
        history.commit(acme, START, 10);
        now = START.plus(AGE);
        loop.start();
        steps.run();
        answers.remove().completeExceptionally(new IllegalStateException("it broke"));
        assertThat(steps.delay()).isEqualTo(TICK);
        steps.run();
        assertThat(loop.agedThrough()).isZero();
    }

    @Test
    void theNextStepComesWhenAllFloorsAreAnswered() {
        Workspace globex = history.workspace(2);
        history.commit(acme, START, 10);
        history.commit(globex, START, 10);
        now = START.plus(AGE);
        loop.start();
        steps.run();
        assertThat(asked).hasSize(2);
        answers.remove().complete(null);
        assertThat(steps.isEmpty()).isTrue();
        answers.remove().complete(null);
        assertThat(steps.delay()).isEqualTo(REST);
    }

    @Test
    void agesAreLeftAloneForAPauseAfterTheyWereRead() {
        history.commit(acme, START.plusSeconds(30), 10);
        now = START.plus(AGE);
        loop.start();
        steps.run();
        now = START.plus(AGE).plusSeconds(59);
        steps.run();
        assertThat(asked).as("it is too old, and not looked at yet").isEmpty();
        now = START.plus(AGE).plusSeconds(60);
        steps.run();
        assertThat(asked).hasSize(1);
    }

    @Test
    void bytesAndOwnLimitsAreLookedAtInEveryStep() {
        loop.start();
        steps.run();
        history.commit(acme, START, 1_001);
        steps.run();
        assertThat(asked).containsExactly(new Floor(1, 1, 1, 1_001));
        stand();
        steps.run();
        history.commit(acme, START, 10);
        history.keep(acme, new Retention(Duration.ZERO, 5));
        steps.run();
        assertThat(asked).as("it was not told of that").hasSize(1);
        loop.changed(acme);
        steps.run();
        assertThat(asked).hasSize(2).last().isEqualTo(new Floor(1, 2, 2, 1_011));
        stand();
        steps.run();
        history.commit(acme, START, 10);
        loop.committed(acme.id());
        steps.run();
        assertThat(asked).hasSize(3);
    }

    @Test
    void aStepThatFailsIsTriedAgainATickLaterUnlessTheStoreIsClosed() {
        history.commit(acme, START, 10);
        now = START.plus(AGE);
        loop.start();
        answers.clear();
        failing = true;
        steps.run();
        assertThat(steps.delay()).isEqualTo(TICK);
        failing = false;
        steps.run();
        assertThat(asked).hasSize(1);
        stand();
        history.store.close();
        steps.run();
        assertThat(steps.isEmpty()).isTrue();
    }

    @Test
    void closedItDoesNothingMore() {
        history.commit(acme, START, 10);
        now = START.plus(AGE);
        loop.start();
        loop.close();
        steps.run();
        assertThat(asked).isEmpty();
        assertThat(steps.isEmpty()).isTrue();
    }

    @Test
    void whatIsKeptIsToldBesideWhatMayBe() {
        history.commit(acme, START, 10);
        assertThat(recorded.sum("proreus.retention.history.size")).isEqualTo(10);
        assertThat(recorded.sum("proreus.retention.history.limit")).isEqualTo(1_000);
    }

    private RetentionLoop loop(Retention most) {
        return new RetentionLoop(
                history.keys,
                history.store,
                history.tree,
                history.head(),
                most,
                this::raise,
                () -> now,
                steps,
                new RetentionMetrics(recorded.instrumentation()),
                failure -> {
                    throw failure;
                });
    }

    private CompletableFuture<Void> raise(Floor floor) {
        if (failing) {
            throw new IllegalStateException("the test made it fail");
        }
        asked.add(floor);
        answers.add(new CompletableFuture<>());
        return answers.getLast();
    }

    /** Lets the floor that was asked for last stand. */
    private void stand() {
        history.raise(asked.get(asked.size() - 1));
        answers.remove().complete(null);
    }

    /** Keeps the one step that is asked for until the test runs it. */
    private static final class Steps extends ScheduledThreadPoolExecutor {
        private final Deque<Runnable> tasks = new ArrayDeque<>();
        private final Deque<Duration> delays = new ArrayDeque<>();

        Steps() {
            super(0);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            tasks.add(task);
            delays.add(Duration.of(delay, unit.toChronoUnit()));
            return new Never();
        }

        boolean isEmpty() {
            return tasks.isEmpty();
        }

        /** Returns the delay of the one step that is asked for. */
        Duration delay() {
            assertThat(delays).hasSize(1);
            return delays.getLast();
        }

        void run() {
            assertThat(tasks).hasSize(1);
            delays.remove();
            tasks.remove().run();
        }
    }

    private static final class Never extends CompletableFuture<Object> implements ScheduledFuture<Object> {
        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }
}
