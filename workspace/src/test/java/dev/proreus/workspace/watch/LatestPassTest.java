package dev.proreus.workspace.watch;

import static dev.proreus.workspace.watch.HubWorld.ACME;
import static dev.proreus.workspace.watch.HubWorld.after;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a pass of mode LATEST takes: bounded in changes and objects, and whole positions only. */
class LatestPassTest {
    private final ModelStore model = new ModelStore();
    private final LatestPass pass =
            new LatestPass(HubWorld.spec(after(0), WatchFilter::every, false), WatchFilter.every());

    @Test
    void boundedInChanges() {
        for (int i = 0; i < LatestPass.CHANGES; i++) {
            assertThat(take(Write.put("a"))).containsExactly(true);
        }
        assertThat(take(Write.put("a"))).containsExactly(false);
    }

    @Test
    void boundedInObjects() {
        for (int i = 0; i < LatestPass.OBJECTS; i++) {
            assertThat(take(Write.put("a" + i))).containsExactly(true);
        }
        assertThat(take(Write.put("b"))).containsExactly(false);
        assertThat(pass.closeWithinShare(LatestPass.OBJECTS).size()).isEqualTo(LatestPass.OBJECTS);
    }

    @Test
    void aPositionThatDoesNotFitIsLeftOutWhole() {
        for (int i = 1; i < LatestPass.OBJECTS; i++) {
            take(Write.put("a" + i));
        }
        assertThat(take(Write.put("b1"), Write.put("b2"))).containsExactly(true, false);
        assertThat(pass.closeWithinShare(LatestPass.OBJECTS - 1).size()).isEqualTo(LatestPass.OBJECTS - 1);
    }

    @Test
    void theFirstPositionIsTakenHoweverLargeItIs() {
        int objects = 2 * LatestPass.OBJECTS;
        Write[] writes =
                IntStream.range(0, objects).mapToObj(i -> Write.put("a" + i)).toArray(Write[]::new);
        assertThat(take(writes)).hasSize(objects).containsOnly(true);
        assertThat(pass.closeWithinShare(1).size()).isEqualTo(objects);
    }

    private List<Boolean> take(Write... writes) {
        List<Boolean> taken = new ArrayList<>();
        for (Change change : model.commit(ACME, List.of(writes))) {
            taken.add(pass.take(change.revision(), new SharedEvent(change, null)));
        }
        return taken;
    }
}
