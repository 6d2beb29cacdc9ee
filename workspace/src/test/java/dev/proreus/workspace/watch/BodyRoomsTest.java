package dev.proreus.workspace.watch;

import static dev.proreus.workspace.watch.HubWorld.ACME;
import static dev.proreus.workspace.watch.HubWorld.after;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.BodyRoom;
import dev.proreus.workspace.History;
import dev.proreus.workspace.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Bodies that one watch alone is given lie where those before them lay; who shares them holds them as long as need be.
 */
class BodyRoomsTest {
    private static final int BODIES = 12;

    private final HubWorld world = HubWorld.roomy();
    private final List<BodyRoom> rooms = new ArrayList<>();
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
        for (int i = 0; i < BODIES; i++) {
            world.commit(Write.large("a", 20_000));
        }
    }

    @Test
    void oneIsUsedForEachShareThatIsTakenAtOnce() {
        watch(world.sink());
        world.settle();
        assertThat(rooms).hasSizeGreaterThan(2).doesNotContain(BodyRoom.NONE);
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
        assertThat(rooms).hasSizeGreaterThan(2).doesNotContain(held, BodyRoom.NONE);
    }

    @Test
    void noneIsUsedForThoseWhoShare() {
        watch(world.sink());
        watch(world.sink());
        world.settle();
        assertThat(rooms).isNotEmpty().containsOnly(BodyRoom.NONE);
    }

    private void watch(RecordingSink sink) {
        WatchSpec spec = HubWorld.spec(after(0), WatchFilter::every, false);
        hub.subscribe(spec, sink, world.loop());
    }

    /** Takes note of the room, and fills it: who gives it back empties it. */
    private Object readAhead(Object[] args) {
        BodyRoom room = (BodyRoom) args[1];
        rooms.add(room);
        neverInUse &= room.reserve(room.bytes().length) != BodyRoom.FULL;
        return List.of();
    }
}
