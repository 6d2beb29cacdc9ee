package dev.proreus.workspace.watch;

import static dev.proreus.workspace.watch.HubWorld.ACME;
import static dev.proreus.workspace.watch.HubWorld.after;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.BodyRoom;
import dev.proreus.workspace.History;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Limits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Bodies that one watch alone is given lie where those before them lay; who shares them holds them as long as need be.
 */
class BodyRoomsTest {
    private static final int CHANGES = 12;
    private static final ByteString BODY = ByteString.copyFromUtf8("a body");

    private final HubWorld world = HubWorld.roomy();
    private final List<BodyRoom> rooms = new ArrayList<>();
    private final List<ByteString> bodies = new ArrayList<>();
    private boolean neverInUse = true;
    private final WatchHub hub = new WatchHub(
            1 << 20,
            Views.of(History.class, world.model(), Map.of("readAhead", this::readAhead)),
            world.model(),
            world.model()::place,
            world.readers(),
            1,
            new WatchMetrics(Instrumentation.none()));

    BodyRoomsTest() {
        world.model().chunks(100, 2);
        for (int i = 0; i < CHANGES; i++) {
            world.commit(Write.large("a", 20_000));
        }
    }

    @Test
    void bodiesLieInItWhileItHasMemory() {
        BodyRooms.Room room = new BodyRooms().take();
        ByteBuffer source = ByteBuffer.allocateDirect(Limits.SHARE_BYTES).put(0, BODY.toByteArray());
        ByteString first = room.copy(source, 0, BODY.size());
        ByteString own = room.copy(source, 0, Limits.SHARE_BYTES - BODY.size() + 1);
        ByteString second = room.copy(source, 1, BODY.size() - 1);
        assertThat(first).isEqualTo(BODY);
        assertThat(own.substring(0, BODY.size())).isEqualTo(BODY);
        assertThat(second).isEqualTo(BODY.substring(1));
        room.giveBack();
        assertThat(first).isNotEqualTo(BODY);
        assertThat(own.substring(0, BODY.size())).isEqualTo(BODY);
        assertThat(second).isNotEqualTo(BODY.substring(1));
        assertThat(room.copy(source, 0, Limits.SHARE_BYTES).substring(0, BODY.size()))
                .isEqualTo(BODY);
    }

    @Test
    void oneIsUsedForEachShareThatIsTakenAtOnce() {
        watch(world.sink());
        world.settle();
        assertThat(rooms).hasSizeGreaterThan(2).doesNotContain(BodyRoom.OWN);
        assertThat(rooms.stream().distinct()).hasSize(1);
        assertThat(neverInUse).isTrue();
    }

    @Test
    void oneIsNotUsedForAnotherWhileItsShareWaits() {
        watch(new RecordingSink(() -> world.model().head(ACME)).grant(1));
        world.settle();
        BodyRoom held = rooms.get(rooms.size() - 1);
        rooms.clear();
        watch(world.sink());
        world.settle();
        assertThat(rooms).hasSizeGreaterThan(2).doesNotContain(held, BodyRoom.OWN);
    }

    @Test
    void noneIsUsedForThoseWhoShare() {
        watch(world.sink());
        watch(world.sink());
        world.settle();
        assertThat(rooms).isNotEmpty().containsOnly(BodyRoom.OWN);
    }

    private void watch(RecordingSink sink) {
        WatchSpec spec = HubWorld.spec(after(0), WatchFilter::every, false);
        hub.subscribe(spec, sink, world.loop());
    }

    /** Takes note of the room, and of whether a body that was put there for a share before is void. */
    private Object readAhead(Object[] args) {
        BodyRoom room = (BodyRoom) args[1];
        if (rooms.contains(room)) {
            neverInUse &= !bodies.get(rooms.lastIndexOf(room)).equals(BODY);
        }
        rooms.add(room);
        bodies.add(room.copy(BODY.asReadOnlyByteBuffer(), 0, BODY.size()));
        return List.of();
    }
}
