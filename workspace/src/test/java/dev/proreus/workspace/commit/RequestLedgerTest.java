package dev.proreus.workspace.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.tree.Workspace;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** For how long requests are remembered, to the millisecond, and how what is forgotten goes. */
class RequestLedgerTest {
    private final StateMachine machine = new StateMachine();
    private Instant now = StateMachine.NOW;

    @Test
    void anIdIsHonouredFromAsLongAgoAsToAsFarAhead() {
        Instant oldest = now.minus(Limits.REQUEST_ID_AGE);
        Instant farthest = now.plus(Limits.REQUEST_ID_AGE);
        assertThatCode(() -> create("a", oldest, 1)).doesNotThrowAnyException();
        assertThatCode(() -> create("b", farthest, 1)).doesNotThrowAnyException();
        RefusedException expired = refused("c", oldest.minusMillis(1));
        assertThat(expired.reason()).isEqualTo(Reason.REQUEST_ID_EXPIRED);
        assertThat(expired.metadata())
                .containsEntry("made", oldest.minusMillis(1).toString());
        assertThat(expired.metadata()).containsKey("requestId");
        assertThat(refused("c", farthest.plusMillis(1)).reason()).isEqualTo(Reason.BAD_REQUEST);
    }

    /** A clock that goes back must not make an id good again whose answer may be gone. */
    @Test
    void ageIsByTheLogAndNotByAClockThatGoesBack() {
        Instant made = now;
        now = now.plus(Limits.REQUEST_ID_AGE).plusSeconds(1);
        create("later", now, 1);
        now = StateMachine.NOW;
        assertThat(refused("a", made).reason()).isEqualTo(Reason.REQUEST_ID_EXPIRED);
    }

    @Test
    void aRepeatInTheNextBatchIsKnownAndSoIsOneLongAfter() {
        long first = create("a", now, 1);
        assertThat(create("a", now, 1)).isEqualTo(first);
        create("b", now, 2);
        create("c", now, 3);
        assertThat(create("a", now, 1)).isEqualTo(first);
        assertThat(machine.root().revision()).isEqualTo(3);
    }

    @Test
    void boundedIsWhatABatchForgetsAndTheNextGoesOn() {
        StoreBatch many = new StoreBatch();
        int count = 2 * Limits.EXPIRED_ANSWERS + 10;
        for (int i = 0; i < count; i++) {
            RequestMark mark = new RequestMark(id(now, i), ByteString.EMPTY);
            many.put(Table.DEDUP, machine.keys.dedup(mark.bucket(), mark.hash(1)), new byte[1]);
        }
        machine.store.write(many);
        now = now.plus(Limits.REQUEST_ID_AGE.multipliedBy(3));
        create("a", now, 1);
        assertThat(answers()).isEqualTo(count - Limits.EXPIRED_ANSWERS + 1);
        create("b", now, 2);
        assertThat(answers()).isEqualTo(count - 2 * Limits.EXPIRED_ANSWERS + 2);
        create("c", now, 3);
        assertThat(answers()).as("those alone that are honoured").isEqualTo(3);
        create("d", now, 4);
        assertThat(answers()).isEqualTo(4);
    }

    private long create(String name, Instant made, long seed) {
        UUID uid = new UUID(7, name.hashCode());
        UUID id = id(made, seed);
        Workspace shown = (Workspace) machine.apply(Command.CreateWorkspace.of(1, name, uid, uid, id, now));
        return shown.id();
    }

    private static UUID id(Instant made, long seed) {
        return new UUID((made.toEpochMilli() << 16) | 0x7000L, 0x8000_0000_0000_0000L | seed);
    }

    private RefusedException refused(String name, Instant made) {
        return Objects.requireNonNull(catchThrowableOfType(RefusedException.class, () -> create(name, made, 9)));
    }

    private int answers() {
        int count = 0;
        try (Cursor cursor =
                machine.store.cursor(Table.DEDUP, machine.keys.ranges().bucketsBefore(Integer.MAX_VALUE))) {
            for (; cursor.valid(); cursor.next()) {
                count++;
            }
        }
        return count;
    }
}
