package dev.proreus.cli.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.proreus.v1.Workspace;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is said of a deletion, by how far it has come. */
class DeletionOutcomeTest {
    private static final Instant ASKED = Instant.parse("2026-11-27T10:00:00Z");
    private static final String WAITS = "is being deleted: it goes once its last finalizer is removed";

    private static Workspace terminating(int graceSeconds) {
        long asked = ASKED.getEpochSecond();
        return Workspace.newBuilder()
                .setState(Workspace.State.STATE_TERMINATING)
                .setDeletionTimestamp(Timestamp.newBuilder().setSeconds(asked))
                .setGraceEnd(Timestamp.newBuilder().setSeconds(asked + graceSeconds))
                .build();
    }

    @Test
    void untilItsGraceHasEndedItCanBeTakenBack() {
        assertThat(DeleteCommand.outcome(terminating(60), ASKED.plusSeconds(59)))
                .isEqualTo("is being deleted: it can be undeleted until 2026-11-27T10:01:00Z");
        assertThat(DeleteCommand.outcome(terminating(60), ASKED.plusSeconds(61)))
                .isEqualTo(WAITS);
    }

    @Test
    void withoutGraceItWaitsForFinalizersOnly() {
        assertThat(DeleteCommand.outcome(terminating(0), ASKED)).isEqualTo(WAITS);
    }

    @Test
    void whatHoldsNothingIsGone() {
        assertThat(DeleteCommand.outcome(Workspace.getDefaultInstance(), ASKED)).isEqualTo("deleted");
    }
}
