package dev.proreus.workspace.watch;

import static dev.proreus.workspace.watch.HubWorld.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Change;
import dev.proreus.workspace.ClaimsMoved;
import dev.proreus.workspace.WorkspaceGone;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What entries of the ring are taken to cost, how many there are at most, and how old they are. */
class RingCostTest {
    private static final int LARGE = 5_000;
    private static final int JOINTS_BYTES = 160;
    private static final int SLOTS_MAX = 1 << 20;

    private final ModelStore model = new ModelStore();

    @Test
    void anObjectThatMovesCostsEachFormOfItsEventAndBothItsStates() {
        model.commit(ACME, List.of(new Write(Write.ROBOTS, "r", "x".repeat(LARGE), false, 0, LARGE)));
        Change moved = model.commit(ACME, List.of(new Write(Write.ROBOTS, "r", "y".repeat(LARGE), false, 0, 3 * LARGE)))
                .get(0);
        int before = Objects.requireNonNull(moved.before()).bytes();
        ByteString previous = Objects.requireNonNull(moved.previous());
        int states = moved.object().size() + moved.now().bytes() + previous.size() + before;
        int events = beside(moved.object(), moved, EventForm.COMMITTED)
                + beside(moved.object(), moved, EventForm.ENTERED)
                + beside(previous, moved, EventForm.LEFT);
        assertThat(RingEntry.bytes(moved)).isEqualTo(RingEntry.OVERHEAD_BYTES + states + events);
    }

    @Test
    void anObjectThatStaysCostsOneEventAndItsStates() {
        model.commit(ACME, List.of(Write.large("r", LARGE)));
        Change stays = model.commit(ACME, List.of(Write.large("r", LARGE))).get(0);
        ByteString previous = Objects.requireNonNull(stays.previous());
        int states = stays.object().size() + stays.now().bytes() + previous.size();
        assertThat(RingEntry.bytes(stays))
                .isEqualTo(RingEntry.OVERHEAD_BYTES + states + beside(stays.object(), stays, EventForm.COMMITTED));
    }

    @Test
    void anObjectThatIsSmallIsHeldOnceMoreByItsEvent() {
        model.commit(ACME, List.of(Write.large("r", 1)));
        Change stays = model.commit(ACME, List.of(Write.large("r", 1))).get(0);
        ByteString previous = Objects.requireNonNull(stays.previous());
        int states = stays.object().size() + stays.now().bytes() + previous.size();
        assertThat(RingEntry.bytes(stays))
                .isEqualTo(RingEntry.OVERHEAD_BYTES
                        + states
                        + EventForm.COMMITTED.encode(stays).size());
    }

    @Test
    void whatIsNoChangeCostsItselfAndTheWorkspacesThatWent() {
        int workspaces = 1_000;
        assertThat(RingEntry.bytes(new ClaimsMoved(1, ACME, Write.ROBOTS))).isEqualTo(RingEntry.OVERHEAD_BYTES);
        assertThat(RingEntry.bytes(new WorkspaceGone(
                        1, ACME, LongStream.range(0, workspaces).boxed().toList())))
                .isGreaterThanOrEqualTo(RingEntry.OVERHEAD_BYTES + workspaces * Long.BYTES);
    }

    @Test
    void boundedInCountHoweverManyBytesItMayHold() {
        EventRing ring = new EventRing(Long.MAX_VALUE / 2);
        ClaimsMoved moved = new ClaimsMoved(1, ACME, Write.ROBOTS);
        long appended = SLOTS_MAX + 10;
        for (long i = 0; i < appended; i++) {
            ring.append(moved, null, 0);
        }
        ring.publish();
        assertThat(ring.extent().entries()).isEqualTo(SLOTS_MAX);
        assertThat(ring.at(appended - SLOTS_MAX - 1)).isNull();
        for (long held = appended - SLOTS_MAX; held < appended; held++) {
            if (ring.at(held) == null) {
                throw new AssertionError("the ring has lost what stands at " + held);
            }
        }
    }

    @Test
    void theAgeOfAnEntryIsItsOwnAndOfOneThatWentTheOldests() {
        EventRing ring = new EventRing(RingEntry.OVERHEAD_BYTES * 16L);
        for (int nanos = 0; nanos < 20; nanos++) {
            ring.append(new ClaimsMoved(1, ACME, Write.ROBOTS), null, nanos);
        }
        ring.publish();
        long now = 100;
        assertThat(ring.nanosSince(10, now)).isEqualTo(90);
        assertThat(ring.nanosSince(1, now)).as("the oldest is number 4").isEqualTo(96);
        assertThat(ring.nanosSince(20, now)).as("the head").isZero();
    }

    /**
     * Returns what an event takes beside the state that it shares: what stands around it, and what ties them together.
     */
    private static int beside(ByteString state, Change change, EventForm form) {
        return form.encode(change).size() - state.size() + JOINTS_BYTES;
    }
}
