package dev.proreus.workspace.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Limits;
import org.junit.jupiter.api.Test;

/** The size of shares: doubled by each that was at least half full, up to the largest. */
class HistoryFeedTest {
    private final ModelStore model = new ModelStore();
    private final CatchUp catchUp = new CatchUp(model, new StepExecutor(), 1, model::place);
    private final HistoryFeed feed = new HistoryFeed(
            catchUp,
            new WatchMetrics(Instrumentation.none()),
            read -> {},
            HubWorld.spec(HubWorld.initial(), WatchFilter::every, false));

    @Test
    void oneThatIsHalfFullDoublesIt() {
        feed.given(share(Limits.SHARE_BYTES / 2 - 1));
        assertGrownTo(Limits.SHARE_BYTES);
        feed.given(share(Limits.SHARE_BYTES / 2));
        assertGrownTo(2 * Limits.SHARE_BYTES);
    }

    @Test
    void theLargestIsReachedAndNotPassed() {
        for (int size = Limits.SHARE_BYTES; size < 4 * Limits.LARGEST_SHARE_BYTES; size *= 2) {
            feed.given(share(size));
        }
        assertGrownTo(Limits.LARGEST_SHARE_BYTES);
    }

    private void assertGrownTo(int size) {
        long granted = 2L * (size - Limits.SHARE_BYTES);
        assertThat(catchUp.allowance().left()).isEqualTo(Limits.SHARE_ALLOWANCE_BYTES - granted);
    }

    private static Chunk share(int bytes) {
        Chunk chunk = new Chunk(Chunk.Kind.CHANGES);
        chunk.add(ByteString.copyFrom(new byte[bytes]), "", 1);
        return chunk;
    }
}
