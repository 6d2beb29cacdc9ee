package dev.proreus.workspace.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Change;
import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.History;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Place;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.Sections;
import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.watch.RecordingSink.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A subscription that nothing happens to never falls behind, however much happens beside it. */
class IdleSubscriptionTest {
    private static final int FOREIGN = 1_000_000;
    private static final int BATCH = 100;
    private static final int KEPT = 20_000;
    private static final int TICK = 5_000;

    @ParameterizedTest
    @EnumSource
    void neverFallsBehindByDoingNothing(WatchMode mode) {
        Unread store = new Unread();
        StepExecutor loop = new StepExecutor();
        WatchHub hub =
                new WatchHub(1 << 20, store, store, store::place, loop, 1, new WatchMetrics(Instrumentation.none()));
        RecordingSink sink = new RecordingSink(() -> store.head);
        WatchSpec spec = new WatchSpec(
                new Scope.OneWorkspace(HubWorld.ACME),
                Write.ROBOTS,
                () -> WatchFilter.named("idle"),
                new WatchStart.Now(),
                mode,
                false,
                false,
                0);
        hub.subscribe(spec, sink, loop);
        loop.drain();
        for (int done = 0; done < FOREIGN; done += BATCH) {
            publish(store, hub, "busy");
            loop.drain();
            if (done % TICK == 0) {
                hub.tick(1 + done);
                loop.drain();
            }
        }
        List<Call> quiet = sink.calls();
        Call.Bookmark last = (Call.Bookmark) quiet.get(quiet.size() - 1);
        assertThat(quiet).as("bookmarks alone").allMatch(Call.Bookmark.class::isInstance);
        assertThat(quiet.size()).as("no more of them than needed").isBetween(10, 2 * FOREIGN / KEPT * 2);
        assertThat(last.revision()).as("not near the floor").isGreaterThan(store.floor(0));
        publish(store, hub, "idle");
        loop.drain();
        assertThat(sink.calls().get(quiet.size())).isInstanceOf(Call.Events.class);
        System.out.println(mode + ": " + FOREIGN + " foreign events, " + quiet.size() + " bookmarks, no read");
    }

    private static void publish(Unread store, WatchHub hub, String name) {
        List<Change> batch = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            store.head++;
            batch.add(new Change(
                    store.head,
                    HubWorld.ACME,
                    store.head,
                    Write.ROBOTS,
                    name,
                    ChangeKind.ADDED,
                    Sections.SPEC,
                    ByteString.EMPTY,
                    Selectable.named(name),
                    null,
                    null,
                    0));
        }
        hub.publish(batch);
    }

    /** A store that keeps little and must not be read. */
    private static final class Unread implements History, Heads {
        private long head;

        @Override
        public long published(long workspaceId) {
            return head;
        }

        @Override
        public long floor(long workspaceId) {
            return Math.max(0, head - KEPT);
        }

        @Override
        public long subtreeFloor(long topId) {
            return 0;
        }

        @Override
        public long publishedSequence() {
            return head;
        }

        @Override
        public Place place(long workspaceId) {
            return new Place("root", workspaceId);
        }

        @Override
        public boolean isDefined(int typeId) {
            return true;
        }

        @Override
        public Log log(Scope scope, long afterExclusive, long throughInclusive, int maxRows) {
            throw new AssertionError("history was read");
        }

        @Override
        public Log versions(
                long workspaceId,
                int typeId,
                String name,
                long afterExclusive,
                long throughInclusive,
                boolean origins,
                int maxRows) {
            throw new AssertionError("history was read");
        }

        @Override
        public States states(
                long workspaceId,
                int typeId,
                @Nullable String name,
                @Nullable String afterName,
                long atRevision,
                int maxObjects,
                int maxBytes) {
            throw new AssertionError("history was read");
        }

        @Override
        public SortedMap<Long, Long> revisions(Scope.Subtree scope, long sequence) {
            throw new AssertionError("history was read");
        }
    }
}
