package dev.proreus.workspace.watch;

import static dev.proreus.workspace.watch.HubWorld.initial;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.watch.HubWorld.Watched;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Cost follows matches, not watchers: counted, not timed. */
class HubScaleTest {
    private static final int WATCHES = 10_000;
    private static final int EVENTS = 1_000;

    @Test
    void anEventAsksTheOneSubscriptionThatWatchesItsName() {
        HubWorld world = HubWorld.roomy();
        AtomicLong asked = new AtomicLong();
        List<Watched> watches = new ArrayList<>();
        for (int i = 0; i < WATCHES; i++) {
            watches.add(world.watch(initial(), new Filters.Counting("r" + i, asked), world.sink()));
        }
        world.settle();
        assertThat(asked).hasValue(0);
        for (int i = 0; i < EVENTS; i++) {
            world.commit(Write.put("r" + i * 7 % WATCHES));
        }
        world.settle();
        assertThat(asked)
                .as("times that a filter was asked for %s events", EVENTS)
                .hasValue(EVENTS);
        watches.subList(0, 100).forEach(Watched::checkComplete);
        assertThat(watches.stream().mapToInt(watched -> watched.events().size()).sum())
                .isEqualTo(EVENTS);
    }

    @Test
    void anEventAsksTheTwoSubscriptionsThatItsAssignmentMovesBetween() {
        HubWorld world = HubWorld.roomy();
        List<Watched> watches = new ArrayList<>();
        for (int i = 0; i < WATCHES; i++) {
            watches.add(world.watch(initial(), new Filters.Assigned("agent" + i), world.sink()));
        }
        world.settle();
        world.commit(Write.assign("r", "agent1"));
        world.commit(Write.assign("r", "agent2"));
        world.settle();
        assertThat(watches.get(1).events()).containsExactly("added r@1", "left r@2");
        assertThat(watches.get(2).events()).containsExactly("added r@2");
        assertThat(watches.stream()
                        .mapToInt(watched -> watched.messages().size())
                        .sum())
                .isEqualTo(2);
    }
}
