package dev.proreus.workspace.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a bookmark is owed: for the wish that was first, and for the highest of those after it. */
class BookmarkWishesTest {
    private BookmarkWishes wishes = BookmarkWishes.NONE;

    @Test
    void nothingIsOwedThatNobodyAskedFor() {
        assertThat(wishes.isDue(Long.MAX_VALUE - 1)).isFalse();
        assertThat(wishes.isDueAbove(0)).isFalse();
    }

    @Test
    void aWishIsDueAtItsPositionAndAbove() {
        wishes = wishes.ask(5);
        assertThat(wishes.isDue(4)).isFalse();
        assertThat(wishes.isDueAbove(4)).isTrue();
        assertThat(wishes.isDue(5)).isTrue();
        assertThat(wishes.isDueAbove(5)).isFalse();
        wishes = wishes.given(4);
        assertThat(wishes.isDue(5)).as("a bookmark below it is not it").isTrue();
        wishes = wishes.given(5);
        assertThat(wishes.isDue(100)).isFalse();
    }

    @Test
    void whoAsksAgainDoesNotPutOffTheFirstAndIsOwedTheHighestLater() {
        wishes = wishes.ask(5);
        wishes = wishes.ask(9);
        wishes = wishes.ask(7);
        assertThat(wishes.isDue(5)).isTrue();
        wishes = wishes.given(6);
        assertThat(wishes.isDue(8)).isFalse();
        assertThat(wishes.isDue(9)).isTrue();
        wishes = wishes.given(9);
        assertThat(wishes.isDue(100)).isFalse();
    }

    @Test
    void oneBookmarkDoesForAllThatItIsHighEnoughFor() {
        wishes = wishes.ask(5);
        wishes = wishes.ask(9);
        wishes = wishes.given(9);
        assertThat(wishes).isSameAs(BookmarkWishes.NONE);
    }
}
