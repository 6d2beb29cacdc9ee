package dev.proreus.workspace.watch;

import static dev.proreus.workspace.watch.HubWorld.after;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Limits;
import dev.proreus.workspace.watch.HubWorld.Watched;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A subscription far behind whose stream takes what it gets, and what it holds where the stream stops. */
class FastCatchUpTest {
    private static final int COMMITS = 2_000;
    private static final int OBJECT_BYTES = 4_000;
    private static final int SMALL_SHARES = COMMITS * OBJECT_BYTES / Limits.SHARE_BYTES;
    private static final int ALL = Integer.MAX_VALUE;
    private static final int MESSAGES_OF_FIRST_SHARE = 4;

    private final HubWorld world = new HubWorld(12_000, 5);
    private final RecordingSink sink = world.sink();
    private long now;

    @BeforeEach
    void commit() {
        world.model().chunks(ALL, ALL);
        for (int i = 0; i < COMMITS; i++) {
            world.commit(Write.large("a" + i % 7, OBJECT_BYTES));
        }
    }

    @Test
    void sharesGrowWhileTheStreamTakesThem() {
        Watched watched = watch();
        world.settle();
        watched.checkComplete();
        assertThat(world.readers().accepted()).isLessThan(SMALL_SHARES / 2);
        assertAllIsGivenBack();
    }

    @Test
    void theNextShareIsReadWhileOneIsGiven() {
        Watched watched = stalledInTheSecondShare();
        int before = bytes(watched);
        watched.grant(ALL);
        world.loop().drain();
        assertThat(bytes(watched) - before).isGreaterThan(3 * Limits.SHARE_BYTES);
        world.settle();
        watched.checkComplete();
    }

    @Test
    void withoutAllowanceSharesStaySmall() {
        assertThat(world.allowance().take(Limits.SHARE_ALLOWANCE_BYTES)).isTrue();
        Watched watched = watch();
        world.settle();
        watched.checkComplete();
        assertThat(world.readers().accepted()).isGreaterThanOrEqualTo(SMALL_SHARES);
    }

    @Test
    void aStreamThatStandsStillLetsGoAndMissesNothing() {
        Watched watched = stalledInTheSecondShare();
        for (int messages = 1; messages < 40; messages += 3) {
            tick();
            tick();
            assertAllIsGivenBack();
            watched.grant(messages);
            world.settle();
        }
        watched.grant(ALL);
        world.settle();
        watched.checkComplete();
    }

    @Test
    void aReadThatIsUnderWayWhenTheStreamStandsStillIsNotGivenTwice() {
        sink.grant(0);
        Watched watched = watch();
        watched.grant(MESSAGES_OF_FIRST_SHARE + 1);
        world.loop().drain();
        while (bytes(watched) <= Limits.SHARE_BYTES) {
            world.readers().step();
            world.loop().drain();
        }
        assertThat(world.readers().hasWork()).as("the next is being read").isTrue();
        tick();
        tick();
        assertAllIsGivenBack();
        watched.grant(ALL);
        world.settle();
        watched.checkComplete();
    }

    @Test
    void aSlowStreamThatMovesKeepsWhatItHas() {
        Watched watched = stalledInTheSecondShare();
        for (int i = 0; i < 4; i++) {
            tick();
            watched.grant(1);
            world.settle();
            assertThat(world.allowance().left()).isLessThan(Limits.SHARE_ALLOWANCE_BYTES);
        }
    }

    @Test
    void nothingIsKeptOfAStreamThatIsCancelled() {
        Watched watched = stalledInTheSecondShare();
        watched.subscription().cancel();
        world.settle();
        assertAllIsGivenBack();
    }

    private Watched watch() {
        return world.watch(after(0), WatchFilter.every(), sink);
    }

    /** Brings a subscription to where its stream has taken the first share whole, and stops within the next. */
    private Watched stalledInTheSecondShare() {
        sink.grant(0);
        Watched watched = watch();
        watched.grant(MESSAGES_OF_FIRST_SHARE + 1);
        world.settle();
        assertThat(world.allowance().left()).isLessThan(Limits.SHARE_ALLOWANCE_BYTES);
        return watched;
    }

    private void tick() {
        world.hub().tick(++now);
        world.settle();
    }

    private static int bytes(Watched watched) {
        return watched.messages().stream()
                .flatMap(message -> message.sizes().stream())
                .mapToInt(Integer::intValue)
                .sum();
    }

    private void assertAllIsGivenBack() {
        assertThat(world.allowance().left()).isEqualTo(Limits.SHARE_ALLOWANCE_BYTES);
    }
}
