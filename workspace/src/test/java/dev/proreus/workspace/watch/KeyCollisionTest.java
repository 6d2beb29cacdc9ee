package dev.proreus.workspace.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Term;
import dev.proreus.workspace.watch.HubWorld.Watched;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Unique, though two terms of a change look the same to the index. */
class KeyCollisionTest {
    private final HubWorld world = HubWorld.roomy();

    @Test
    void aChangeThatFindsAWatchByBothIsGivenOnce() {
        List<String> alike = alike();
        WatchFilter filter = new Filters.Assigned(alike.get(0));
        Watched watched = world.watch(new WatchStart.Now(), filter, world.sink());
        world.settle();
        world.commit(Write.assign("a", alike.get(1)));
        world.commit(Write.assign("a", alike.get(0)));
        world.commit(Write.assign("a", alike.get(1)));
        world.settle();
        assertThat(watched.events()).containsExactly("added a@2", "left a@3");
    }

    /** Returns two values that an index keeps the same of: among some 100,000 there are. */
    private static List<String> alike() {
        Map<Integer, String> known = new HashMap<>();
        for (int i = 0; ; i++) {
            String value = "agent" + i;
            long hash = new Term(Term.Kind.FIELD, Filters.ASSIGNMENT, value).hash();
            String other = known.put((int) (hash ^ (hash >>> 32)), value);
            if (other != null) {
                return List.of(other, value);
            }
        }
    }
}
