package dev.proreus.workspace.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.store.rows.LogRow;
import dev.proreus.workspace.tree.Workspace;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is deleted below a floor, and in which steps. */
class TrimmerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final KeptHistory history = new KeptHistory();
    private final Workspace acme = history.workspace(1);

    @Test
    void whatWasSupersededAtOrBelowTheFloorGoesAndTheNewestStays() {
        IntStream.range(0, 4).forEach(i -> history.commit(acme, NOW, 10));
        Trimmer trimmer = trimmer();
        assertThat(trimmer.hasMore()).as("no floor was raised").isFalse();
        assertThat(trimmer.step(100)).isZero();
        history.raise(new Floor(1, 3, 3, 30));
        trimmer.raised(1);
        assertThat(trimmer.hasMore()).isTrue();
        assertThat(trimmer.step(100))
                .as("three rows of the log, and the two versions before the newest of them")
                .isEqualTo(5);
        assertThat(history.logged(acme)).containsExactly(4L);
        assertThat(IntStream.rangeClosed(1, 4).filter(i -> history.hasVersion(acme, "r1", i)))
                .containsExactly(3, 4);
        assertThat(trimmer.hasMore()).isFalse();
    }

    @Test
    void aTombstoneGoesWithTheStateBeforeIt() {
        UUID uid = new UUID(1, 1);
        history.commit(acme, NOW, 10, LogRow.Write.of(ChangeKind.ADDED, KeptHistory.TYPE, "r1", uid, 0, 1));
        history.commit(acme, NOW, 10, LogRow.Write.of(ChangeKind.DELETED, KeptHistory.TYPE, "r1", uid, 1, 1));
        history.commit(acme, NOW, 10, LogRow.Write.of(ChangeKind.ADDED, KeptHistory.TYPE, "r2", uid, 0, 1));
        history.raise(new Floor(1, 1, 1, 10));
        Trimmer trimmer = trimmer();
        assertThat(trimmer.step(100)).isEqualTo(1);
        assertThat(history.hasVersion(acme, "r1", 1))
                .as("it can be read at the floor")
                .isTrue();
        history.raise(new Floor(1, 2, 2, 20));
        trimmer.raised(1);
        assertThat(trimmer.step(100)).isEqualTo(3);
        assertThat(history.hasVersion(acme, "r1", 1)).isFalse();
        assertThat(history.hasVersion(acme, "r1", 2)).isFalse();
        assertThat(history.hasVersion(acme, "r2", 3)).isTrue();
    }

    @Test
    void boundedIsAStepAndTheNextGoesOnBehindIt() {
        IntStream.range(0, 20).forEach(i -> history.commit(acme, NOW, 10));
        history.raise(new Floor(1, 20, 20, 200));
        Trimmer trimmer = trimmer();
        int deleted = 0;
        int steps = 0;
        while (trimmer.hasMore()) {
            int count = trimmer.step(10);
            assertThat(count).isBetween(1, 11);
            deleted += count;
            steps++;
        }
        assertThat(deleted).isEqualTo(39);
        assertThat(steps).as("none does less than it may").isEqualTo(4);
        assertThat(history.logged(acme)).isEmpty();
        trimmer.raised(1);
        assertThat(trimmer.step(4)).as("it does not look for what it deleted").isZero();
        assertThat(trimmer.hasMore()).isFalse();
    }

    @Test
    void oneStepTakesManyWorkspacesWithLittleEach() {
        Trimmer trimmer = trimmer();
        for (long id = 2; id < 7; id++) {
            Workspace each = history.workspace(id);
            history.commit(each, NOW, 10);
            history.raise(new Floor(id, 1, 1, 10));
            trimmer.raised(id);
        }
        assertThat(trimmer.step(100)).isEqualTo(5);
        assertThat(trimmer.hasMore()).isFalse();
    }

    @Test
    void oneWorkspaceAfterTheOtherHasItsTurn() {
        Workspace globex = history.workspace(2);
        for (Workspace each : new Workspace[] {acme, globex}) {
            IntStream.range(0, 10).forEach(i -> history.commit(each, NOW, 10));
            history.raise(new Floor(each.id(), 10, 1, 100));
        }
        Trimmer trimmer = trimmer();
        trimmer.step(3);
        trimmer.step(3);
        assertThat(history.logged(acme)).hasSizeBetween(7, 9);
        assertThat(history.logged(globex)).hasSizeBetween(7, 9);
        history.tree.removeSubtree(1);
        while (trimmer.hasMore()) {
            trimmer.step(3);
        }
        assertThat(history.logged(globex)).isEmpty();
        assertThat(history.logged(acme))
                .as("it is gone: others see to its rows")
                .isNotEmpty();
    }

    private Trimmer trimmer() {
        return new Trimmer(history.keys, history.store, history.tree);
    }
}
