package dev.proreus.guarantees.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.guarantees.Event;
import dev.proreus.guarantees.Facts;
import dev.proreus.guarantees.Interest;
import dev.proreus.guarantees.Key;
import dev.proreus.guarantees.Message;
import dev.proreus.guarantees.Recording;
import dev.proreus.guarantees.State;
import dev.proreus.guarantees.truth.Truth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several audits of one type come to one history, as far as nothing is missing between them. */
class AuditsTest {
    private static final Key KEY = new Key("root:acme", "robots", "r1");

    private final Recording recording = new Recording();

    @Test
    void auditsThatGoOnOneAfterAnotherAreOneHistory() {
        audit(0, 4, 1);
        audit(4, 9, 1);
        Truth truth = Truth.of(recording);
        for (long revision = 0; revision <= 9; revision++) {
            assertThat(truth.knows(KEY, revision)).isTrue();
        }
        assertThat(truth.knows(KEY, 10)).isFalse();
        assertThat(truth.history(KEY).versions()).hasSize(9);
        assertThat(Verdict.of(recording).violations()).isEmpty();
    }

    @Test
    void whatLiesBelowAGapIsNotKnown() {
        audit(0, 4, 1);
        audit(5, 9, 1);
        Truth truth = Truth.of(recording);
        assertThat(truth.knows(KEY, 5)).isTrue();
        assertThat(truth.knows(KEY, 4)).isFalse();
    }

    @Test
    void whereTwoDifferTheNewestHasTheWordAndTheOtherIsAViolation() {
        audit(0, 6, 1);
        audit(4, 9, 2);
        Truth truth = Truth.of(recording);
        assertThat(truth.knows(KEY, 0)).isTrue();
        assertThat(truth.history(KEY).at(6)).isEqualTo(state(6, 2));
        assertThat(truth.history(KEY).at(4)).isEqualTo(state(4, 1));
        assertThat(Verdict.of(recording).broken()).contains("Durable");
    }

    private void audit(long after, long to, long content) {
        Interest interest = Interest.inEvery(KEY.workspace(), KEY.type())
                .startedAfter(after)
                .asAudit();
        var watch = recording.open(100, interest);
        List<Event> events = new ArrayList<>();
        for (long revision = after + 1; revision <= to; revision++) {
            Event.Kind kind = revision == 1 ? Event.Kind.ADDED : Event.Kind.MODIFIED;
            events.add(new Event(kind, state(revision, content), null, revision, 10));
        }
        recording.add(watch, new Message(200, 100, events, null));
    }

    private static State state(long revision, long content) {
        return new State(KEY, "uid", revision, revision, 10 * revision + content, 20 * revision + content, Facts.NONE);
    }
}
