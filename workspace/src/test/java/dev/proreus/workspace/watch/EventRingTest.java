package dev.proreus.workspace.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proreus.workspace.Change;
import dev.proreus.workspace.Publication;
import dev.proreus.workspace.WorkspaceGone;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EventRingTest {
    private final ModelStore model = new ModelStore();

    @Test
    void nothingIsSeenBeforeItIsPublished() {
        EventRing ring = new EventRing(1 << 20);
        ring.append(change(0), null, 0);
        assertThat(ring.head()).isZero();
        ring.publish();
        assertThat(ring.head()).isEqualTo(1);
        assertThat(entry(ring, 0).publication()).isInstanceOf(Change.class);
    }

    @Test
    void boundedInBytes() {
        Publication one = change(1_000);
        long cost = RingEntry.bytes(one);
        EventRing ring = new EventRing(10 * cost);
        for (int i = 0; i < 100; i++) {
            ring.append(one, null, 0);
            ring.publish();
            assertThat(held(ring)).isEqualTo(Math.min(i + 1, 10));
        }
        assertThat(ring.at(89)).isNull();
        assertThat(entry(ring, 90).position()).isEqualTo(90);
    }

    @Test
    void boundedInBytesWithEveryFormEncoded() {
        model.commit(1, List.of(Write.assign("r", "berlin")));
        Change moved = model.commit(1, List.of(Write.assign("r", "paris"))).get(0);
        RingEntry entry = new RingEntry(0, moved, null, 0);
        long encoded = (long) entry.event().bytes(EventForm.COMMITTED, false).size()
                + entry.event().bytes(EventForm.ENTERED, false).size()
                + entry.event().bytes(EventForm.LEFT, false).size();
        assertThat(moved.previous()).isNotNull();
        assertThat((long) RingEntry.bytes(moved))
                .isGreaterThanOrEqualTo(encoded + moved.object().size());
    }

    @Test
    void boundedInCount() {
        EventRing ring = new EventRing(RingEntry.OVERHEAD_BYTES * 64L);
        for (int i = 0; i < 1_000; i++) {
            ring.append(new WorkspaceGone(i, 1, List.of()), null, 0);
        }
        ring.publish();
        assertThat(held(ring)).isEqualTo(64);
    }

    @Test
    void theNewestAlwaysHasRoom() {
        EventRing ring = new EventRing(1);
        for (int i = 0; i < 40; i++) {
            ring.append(change(100), null, 0);
            ring.publish();
            assertThat(held(ring)).isEqualTo(1);
            assertThat(entry(ring, i).position()).isEqualTo(i);
        }
    }

    @Test
    void roomIsNeeded() {
        assertThatThrownBy(() -> new EventRing(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static long held(EventRing ring) {
        long held = 0;
        for (long position = 0; position < ring.head(); position++) {
            held += ring.at(position) == null ? 0 : 1;
        }
        return held;
    }

    private static RingEntry entry(EventRing ring, long position) {
        RingEntry entry = ring.at(position);
        assertThat(entry).isNotNull();
        return Objects.requireNonNull(entry);
    }

    private Change change(int padding) {
        return model.commit(1, List.of(Write.large("r", padding))).get(0);
    }
}
