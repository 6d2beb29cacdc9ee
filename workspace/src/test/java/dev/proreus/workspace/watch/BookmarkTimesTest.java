package dev.proreus.workspace.watch;

import static dev.proreus.workspace.watch.HubWorld.ACME;
import static dev.proreus.workspace.watch.HubWorld.after;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Scope;
import dev.proreus.workspace.watch.HubWorld.Watched;
import dev.proreus.workspace.watch.RecordingSink.Call;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a client whose objects rest is told how far it has come. */
class BookmarkTimesTest {
    private static final int KNOWN = 10;
    private static final long START = Duration.ofHours(1).toNanos();

    private final HubWorld world = HubWorld.roomy();
    private Watched watched = world.watch(after(0), WatchFilter.named("idle"), world.sink());

    @BeforeEach
    void resume() {
        tick(0);
        commitBusy(KNOWN);
        watched = world.watch(after(KNOWN), WatchFilter.named("idle"), world.sink());
        world.settle();
    }

    @Test
    void onceAMinuteWhereOthersChange() {
        tick(1);
        commitBusy(1);
        tick(59);
        assertBookmarks();
        tick(60);
        assertBookmarks(KNOWN + 1);
        commitBusy(1);
        tick(119);
        assertBookmarks(KNOWN + 1);
        tick(120);
        assertBookmarks(KNOWN + 1, KNOWN + 2);
    }

    @Test
    void neverWhereNothingChanges() {
        for (int minute = 0; minute < 10; minute++) {
            tick(60 * minute);
        }
        assertBookmarks();
    }

    @Test
    void soonerWhereHalfOfWhatCanBeReadLiesAboveWhatItKnows() {
        world.model().raiseFloor(ACME, KNOWN - 2);
        commitBusy(2);
        tick(1);
        assertBookmarks();
        commitBusy(2);
        tick(2);
        assertBookmarks(KNOWN + 4);
    }

    @Test
    void onRequestOnceWhatWasPublishedIsDispatched() {
        world.commit(Write.put("busy"));
        world.stage(Write.put("busy"));
        world.commitStep();
        watched.subscription().requestBookmark();
        world.settle();
        assertBookmarks();
        world.commitStep();
        world.settle();
        assertBookmarks(KNOWN + 2);
    }

    /** In mode LATEST nothing but a bookmark says how far one has come. */
    @Test
    void onceAMinuteBeforeAPassThatItsStreamDoesNotTake() {
        HubWorld far = new HubWorld(1 << 20, 1);
        WatchSpec spec = new WatchSpec(
                new Scope.OneWorkspace(ACME),
                Write.ROBOTS,
                () -> new Filters.Assigned("x"),
                after(0),
                WatchMode.LATEST,
                false,
                false,
                0);
        commitTo(far, "y");
        watched = far.watch(spec, List.of(spec.filter().get()), far.sink());
        far.loop().drain();
        commitTo(far, "x");
        far.readers().drain();
        far.loop().drain();
        watched.sink().grant(0);
        far.settle();
        far.hub().tick(START);
        far.settle();
        watched.grant(Integer.MAX_VALUE);
        far.settle();
        assertBookmarks(KNOWN, 2 * KNOWN);
        watched.checkComplete();
    }

    private static void commitTo(HubWorld far, String agent) {
        for (int i = 0; i < KNOWN; i++) {
            far.commit(Write.assign("a" + i, agent));
        }
    }

    private void commitBusy(int times) {
        for (int i = 0; i < times; i++) {
            world.commit(Write.put("busy"));
        }
        world.settle();
    }

    private void tick(int seconds) {
        world.hub().tick(START + Duration.ofSeconds(seconds).toNanos());
        world.settle();
    }

    private void assertBookmarks(long... revisions) {
        assertThat(watched.bookmarks()).extracting(Call.Bookmark::revision).containsExactly(box(revisions));
    }

    private static Long[] box(long... of) {
        return Arrays.stream(of).boxed().toArray(Long[]::new);
    }
}
