package dev.proreus.workspace.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Retention;
import dev.proreus.workspace.tree.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which floors the limits of age and bytes ask for, of the store and of workspaces. */
class LimitsOfHistoryTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MANY = 100;

    private final KeptHistory history = new KeptHistory();
    private final Workspace acme = history.workspace(1);
    private final Workspace globex = history.workspace(2);

    @Test
    void theFirstRowWithSoManyBytesIsFoundWhereverItLies() {
        for (int i = 1; i <= 20; i++) {
            history.commit(acme, at(i), 10);
        }
        for (int revision = 1; revision <= 20; revision++) {
            for (long bytes : List.of(10L * revision - 9, 10L * revision)) {
                assertThat(Objects.requireNonNull(history.log.firstWith(1, 0, 20, bytes))
                                .revision())
                        .as("first with %s bytes", bytes)
                        .isEqualTo(revision);
            }
        }
        assertThat(history.log.firstWith(1, 0, 20, 201)).isNull();
        assertThat(Objects.requireNonNull(history.log.firstWith(1, 5, 20, 10)).revision())
                .isEqualTo(6);
    }

    @Test
    void theLastRowThatIsNotYoungerIsFoundWhereverItLies() {
        for (int i = 1; i <= 20; i++) {
            history.commit(acme, at(i), 10);
        }
        for (int revision = 1; revision <= 20; revision++) {
            assertThat(Objects.requireNonNull(history.log.lastUntil(1, 0, 20, at(revision)))
                            .revision())
                    .isEqualTo(revision);
        }
        assertThat(history.log.lastUntil(1, 0, 20, at(0))).isNull();
        assertThat(history.log.lastUntil(1, 10, 20, at(10))).isNull();
        assertThat(Objects.requireNonNull(history.log.first(1, 10, 20)).revision())
                .isEqualTo(11);
        assertThat(history.log.first(1, 20, 20)).isNull();
        assertThat(history.log.row(1, 21)).isNull();
    }

    @Test
    void commitsAsOldAsTheCutoffAskForTheFloorOfTheNewestOfEachWorkspace() {
        history.commit(acme, at(1), 10);
        history.commit(acme, at(2), 10);
        history.commit(globex, at(3), 10);
        history.commit(acme, at(4), 10);
        AgeLimit ages = ages();
        assertThat(ages.forgottenThrough()).isZero();
        assertThat(ages.read(at(0), MANY, RetentionLoop.STEP_ROWS)).satisfies(none -> {
            assertThat(none.floors()).isEmpty();
            assertThat(none.more()).isFalse();
        });
        AgeLimit.Aged aged = ages.read(at(3), MANY, RetentionLoop.STEP_ROWS);
        assertThat(aged.floors()).containsExactlyInAnyOrder(new Floor(1, 2, 2, 20), new Floor(2, 1, 3, 10));
        assertThat(aged.more()).isFalse();
        assertThat(history.sequences()).as("not before the floors stand").hasSize(4);
        assertThat(ages.forgottenThrough()).isZero();
        assertThat(ages.done(aged)).isEqualTo(3);
        assertThat(history.sequences()).containsExactly(4L);
        assertThat(ages.forgottenThrough()).isEqualTo(3);
        assertThat(ages().forgottenThrough()).as("after a start").isEqualTo(3);
    }

    @Test
    void aFloorThatStandsThereOrHigherIsNotAskedFor() {
        history.commit(acme, at(1), 10);
        history.commit(acme, at(2), 10);
        history.raise(new Floor(1, 2, 2, 20));
        AgeLimit.Aged aged = ages().read(at(2), MANY, RetentionLoop.STEP_ROWS);
        assertThat(aged.floors()).isEmpty();
        assertThat(aged.rows().size()).isEqualTo(2);
        history.tree.removeSubtree(1);
        assertThat(ages().read(at(2), MANY, RetentionLoop.STEP_ROWS).floors()).isEmpty();
    }

    @Test
    void boundedIsAReadInWorkspacesAndSaysThatThereIsMore() {
        history.commit(acme, at(1), 10);
        history.commit(globex, at(2), 10);
        AgeLimit ages = ages();
        AgeLimit.Aged first = ages.read(at(9), 1, RetentionLoop.STEP_ROWS);
        assertThat(first.floors()).containsExactly(new Floor(1, 1, 1, 10));
        assertThat(first.more()).isTrue();
        ages.done(first);
        AgeLimit.Aged second = ages.read(at(9), 1, RetentionLoop.STEP_ROWS);
        assertThat(second.floors()).containsExactly(new Floor(2, 1, 2, 10));
        assertThat(second.more()).isFalse();
        ages.done(second);
        assertThat(ages.forgottenThrough()).isEqualTo(2);
        ages.done(AgeLimit.NONE);
        assertThat(ages.forgottenThrough()).isEqualTo(2);
        assertThat(new AgeLimit(history.keys, history.store, history.tree, history.log, 2).forgottenThrough())
                .as("after a start, where all is forgotten")
                .isEqualTo(2);
    }

    @Test
    void boundedIsAReadInRowsToo() {
        IntStream.range(0, RetentionLoop.STEP_ROWS + 1).forEach(i -> history.commit(acme, at(1), 1));
        AgeLimit.Aged aged = ages().read(at(2), MANY, RetentionLoop.STEP_ROWS);
        assertThat(aged.rows().size()).isEqualTo(RetentionLoop.STEP_ROWS);
        assertThat(aged.more()).isTrue();
    }

    @Test
    void theLargestHoldersAreLoweredToOneLevelAndTheOthersKeepAll() {
        Workspace initech = history.workspace(3);
        history.commit(acme, at(1), 160);
        for (int i = 1; i <= 60; i++) {
            history.commit(globex, at(i), 10);
        }
        for (int i = 1; i <= 100; i++) {
            history.commit(initech, at(i), 10);
        }
        ByteLimit holds = new ByteLimit(history.tree, history.log, 1_760);
        assertThat(holds.exceeded(MANY)).as("as much as may be").isEmpty();

        ByteLimit limit = new ByteLimit(history.tree, history.log, 1_024);
        // 960 bytes are to be left, 160 of them to the one that is small: 400 for each of the others.
        List<Floor> floors = limit.exceeded(MANY);
        assertThat(floors).extracting(Floor::workspaceId).containsExactly(3L, 2L);
        assertThat(floors).extracting(Floor::revision).containsExactly(60L, 20L);
        assertThat(limit.exceeded(1)).extracting(Floor::workspaceId).containsExactly(3L);
        floors.forEach(history::raise);
        assertThat(history.tree.historyBytes()).isEqualTo(960);
        assertThat(limit.exceeded(MANY)).isEmpty();
    }

    @Test
    void whoHoldsNoMoreThanItMayIsAskedForNothing() {
        history.commit(acme, at(1), 10);
        history.commit(acme, at(2), 10);
        assertThat(ByteLimit.keeping(acme, 20, history.log)).isNull();
        assertThat(ByteLimit.keeping(acme, 19, history.log)).isEqualTo(new Floor(1, 1, 1, 10));
        assertThat(ByteLimit.keeping(acme, 10, history.log)).isEqualTo(new Floor(1, 1, 1, 10));
        assertThat(ByteLimit.keeping(acme, 9, history.log)).isEqualTo(new Floor(1, 2, 2, 20));
    }

    @Test
    void aWorkspaceIsHeldToItsOwnLimitsWhenItIsWrittenToAndWhenItsOldestBecomesTooOld() {
        history.keep(acme, new Retention(Duration.ofSeconds(10), 0));
        OwnLimits own = own();
        assertThat(own.exceeded(at(0), MANY)).isEmpty();
        history.commit(acme, at(1), 10);
        history.commit(acme, at(5), 10);
        own.committed(acme.id());
        assertThat(own.exceeded(at(10), MANY)).as("nothing is too old").isEmpty();
        assertThat(own.exceeded(at(11), MANY)).containsExactly(new Floor(1, 1, 1, 10));
        history.raise(new Floor(1, 1, 1, 10));
        assertThat(own.exceeded(at(14), MANY)).isEmpty();
        assertThat(own.exceeded(at(15), MANY)).containsExactly(new Floor(1, 2, 2, 20));
        history.raise(new Floor(1, 2, 2, 20));
        assertThat(own.exceeded(at(1_000), MANY)).as("it keeps nothing").isEmpty();
    }

    @Test
    void aWorkspaceThatIsWrittenToAllTheTimeIsNotLookedAtForItsAgeAllTheTime() {
        history.commit(acme, at(0), 10);
        history.commit(acme, at(0).plusMillis(100), 10);
        history.keep(acme, new Retention(Duration.ofSeconds(10), 0));
        OwnLimits own = own();
        assertThat(own.exceeded(at(10), MANY)).extracting(Floor::revision).containsExactly(1L);
        history.raise(new Floor(1, 1, 1, 10));
        assertThat(own.exceeded(at(10).plusMillis(500), MANY)).isEmpty();
        assertThat(own.exceeded(at(11), MANY)).extracting(Floor::revision).containsExactly(2L);
    }

    @Test
    void theHigherFloorOfAgeAndBytesIsAskedFor() {
        for (int i = 1; i <= 10; i++) {
            history.commit(acme, at(i), 10);
        }
        history.keep(acme, new Retention(Duration.ofSeconds(10), 40));
        assertThat(own().exceeded(at(12), MANY)).extracting(Floor::revision).containsExactly(6L);
        assertThat(own().exceeded(at(18), MANY)).extracting(Floor::revision).containsExactly(8L);
        history.keep(acme, new Retention(Duration.ofSeconds(10), 1_000));
        assertThat(own().exceeded(at(12), MANY)).extracting(Floor::revision).containsExactly(2L);
    }

    @Test
    void whoSaysNothingOrIsGoneIsNotLookedAt() {
        history.commit(acme, at(1), 10);
        OwnLimits own = own();
        own.committed(acme.id());
        assertThat(own.exceeded(at(9_000), MANY)).isEmpty();
        history.keep(acme, new Retention(Duration.ofSeconds(10), 0));
        own.changed(acme);
        history.keep(acme, Retention.UNSAID);
        assertThat(own.exceeded(at(9_000), MANY)).as("it takes that back").isEmpty();
        history.keep(acme, new Retention(Duration.ofSeconds(10), 0));
        own.changed(acme);
        history.tree.removeSubtree(acme.id());
        assertThat(own.exceeded(at(9_000), MANY)).isEmpty();
    }

    @Test
    void boundedAreTheFloorsThatWorkspacesAskForAtOnceAndNoneIsForgotten() {
        for (Workspace each : List.of(acme, globex)) {
            history.commit(each, at(1), 10);
            history.keep(each, new Retention(Duration.ofSeconds(10), 0));
        }
        OwnLimits own = own();
        List<Floor> first = own.exceeded(at(100), 1);
        List<Floor> second = own.exceeded(at(100), 1);
        assertThat(first).hasSize(1);
        assertThat(second).hasSize(1).isNotEqualTo(first);
    }

    @Test
    void boundedAreThoseThatTimeAsksForToo() {
        for (Workspace each : List.of(acme, globex)) {
            history.commit(each, at(1), 10);
            history.keep(each, new Retention(Duration.ofSeconds(10), 0));
        }
        OwnLimits own = own();
        assertThat(own.exceeded(at(2), MANY)).isEmpty();
        List<Floor> first = own.exceeded(at(100), 1);
        assertThat(first).hasSize(1);
        assertThat(own.exceeded(at(100), 1)).hasSize(1).isNotEqualTo(first);
    }

    private AgeLimit ages() {
        return new AgeLimit(history.keys, history.store, history.tree, history.log, history.head());
    }

    private OwnLimits own() {
        return new OwnLimits(history.tree, history.log, Limits.RETENTION);
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }
}
