package dev.proreus.workspace.watch;

import static dev.proreus.workspace.watch.HubWorld.initial;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.History;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Place;
import dev.proreus.workspace.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The initial state of a subtree: pages of bounded size over many workspaces, and events that say whose they are. */
class SubtreePagesTest {
    private static final int WORKSPACES = 10;
    private static final List<String> PATHS =
            IntStream.rangeClosed(1, WORKSPACES).mapToObj(id -> "root:w" + id).toList();

    private final ModelStore model = new ModelStore();
    private final List<Integer> bytesAsked = new ArrayList<>();

    @Test
    void manySmallWorkspacesAreOnePage() {
        commit(0);
        assertThat(pages(model::place)).containsExactly(PATHS);
    }

    @Test
    void aPageEndsOnceItIsAShare() {
        commit(Limits.SHARE_BYTES * 2 / 3);
        List<List<String>> pages = pages(model::place);
        assertThat(pages).hasSize(WORKSPACES / 2).allMatch(page -> page.size() == 2);
        assertThat(pages.stream().flatMap(List::stream)).containsExactlyElementsOf(PATHS);
    }

    @Test
    void noMoreIsReadThanThePageHasRoomFor() {
        commit(Limits.SHARE_BYTES / 2);
        pages(model::place);
        assertThat(bytesAsked.get(0)).isEqualTo(Limits.SHARE_BYTES);
        assertThat(bytesAsked.get(1)).isLessThanOrEqualTo(Limits.SHARE_BYTES / 2);
    }

    @Test
    void aWorkspaceThatIsKnownNoMoreHasNoPath() {
        commit(0);
        assertThat(pages(id -> null)).hasSize(1).allMatch(page -> page.stream().allMatch(String::isEmpty));
    }

    private void commit(int padding) {
        for (long id = 1; id <= WORKSPACES; id++) {
            model.commit(id, List.of(Write.large("a", padding)));
            model.raise(id, 1);
        }
    }

    /** Returns the workspaces of the events of each page. */
    private List<List<String>> pages(LongFunction<@Nullable Place> places) {
        WatchSpec spec = new WatchSpec(
                new Scope.Subtree(ModelStore.ROOT),
                Write.ROBOTS,
                WatchFilter::every,
                initial(),
                WatchMode.EVERY,
                false,
                false,
                0);
        List<List<String>> pages = new ArrayList<>();
        SnapshotPosition snapshot = new SnapshotPosition(spec.scope(), model.publishedSequence());
        for (SnapshotPosition.Page page = snapshot.next(); page != null; page = snapshot.next()) {
            Chunk chunk = new HistoryRead.OfStates(read -> {}, spec, WatchFilter.every(), snapshot.position(), page)
                    .read(history(), places);
            snapshot.move(chunk.next());
            List<String> workspaces = new ArrayList<>();
            while (!chunk.isEmpty()) {
                workspaces.addAll(chunk.nextMessage(Message.Shape.of(spec))
                        .close(WatchMessage.NO_BOOKMARK)
                        .workspaces());
            }
            pages.add(workspaces);
            assertThat(pages).as("it comes to an end").hasSizeLessThanOrEqualTo(WORKSPACES);
        }
        return pages;
    }

    /** Keeps how many bytes each read of states may have. */
    private History history() {
        return Views.of(History.class, model, Map.of("states", args -> {
            int maxBytes = (int) args[6];
            bytesAsked.add(maxBytes);
            return model.states(
                    (long) args[0], (int) args[1], null, (String) args[3], (long) args[4], (int) args[5], maxBytes);
        }));
    }
}
