package dev.proreus.workspace.watch;

import static dev.proreus.workspace.watch.HubWorld.ACME;
import static dev.proreus.workspace.watch.HubWorld.after;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.watch.HubWorld.Watched;
import dev.proreus.workspace.watch.RecordingSink.Call;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bookmarkable: a client is told where it can resume before what it was told last can no longer be read. */
class ToldPositionsTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private static final int COMMITS = 1_000;

    private final HubWorld world = HubWorld.roomy();

    @Test
    void aBusyWatchOverASubtreeIsToldByBookmarks() {
        Watched watched = world.watchSubtree(new WatchStart.Now(), WatchFilter.every(), WatchMode.EVERY);
        world.settle();
        for (int i = 1; i <= 20; i++) {
            world.commit(Write.put("a"));
            world.settle();
            tick(i * MINUTE / 2);
        }
        assertThat(watched.bookmarks()).as("one a minute, and the first").hasSizeBetween(10, 12);
        assertThat(lastBookmark(watched)).isGreaterThan(world.model().publishedSequence() - 3);
    }

    @Test
    void aBusyWatchOfOneWorkspaceIsToldByItsEvents() {
        Watched watched = world.watch(after(0), WatchFilter.every(), world.sink());
        world.settle();
        for (int i = 1; i <= 20; i++) {
            world.commit(Write.put("a"));
            world.settle();
            tick(i * MINUTE / 2);
        }
        assertThat(watched.bookmarks()).isEmpty();
    }

    @Test
    void aCatchUpThatFindsNothingIsToldHowFarItHasCome() {
        Watched watched = catchUpThatFindsNothing();
        world.model().raiseFloor(ACME, 100);
        tick(2 * MINUTE);
        assertThat(lastBookmark(watched)).isBetween(100L, COMMITS - 1L);
    }

    @Test
    void aReminderIsNotPutOffByWishesAhead() {
        Watched watched = catchUpThatFindsNothing();
        for (int i = 0; i < 2; i++) {
            world.commit(Write.put("a"));
            watched.subscription().requestBookmark();
            world.loop().drain();
        }
        tick(2 * MINUTE);
        assertThat(lastBookmark(watched)).isLessThan(COMMITS);
        world.settle();
        assertThat(lastBookmark(watched)).isEqualTo(COMMITS + 2);
    }

    /** Returns a watch that has been told nothing yet in the midst of history. */
    private Watched catchUpThatFindsNothing() {
        for (int i = 0; i < COMMITS; i++) {
            world.commit(Write.put("a"));
        }
        Watched watched = world.watch(after(0), new Filters.Assigned("nobody"), world.sink());
        for (int slices = 0; slices < 100; slices++) {
            world.loop().drain();
            world.readers().step();
        }
        assertThat(world.readers().hasWork()).as("it is under way").isTrue();
        assertThat(watched.calls()).isEmpty();
        return watched;
    }

    private void tick(long nanos) {
        world.hub().tick(nanos);
        world.loop().drain();
    }

    private static long lastBookmark(Watched watched) {
        List<Call.Bookmark> bookmarks = watched.bookmarks();
        return bookmarks.get(bookmarks.size() - 1).revision();
    }
}
