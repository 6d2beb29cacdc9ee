package dev.proreus.workspace.watch;

import static dev.proreus.workspace.watch.HubWorld.ACME;
import static dev.proreus.workspace.watch.HubWorld.after;
import static dev.proreus.workspace.watch.HubWorld.initial;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.Selectable;
import dev.proreus.workspace.Term;
import dev.proreus.workspace.watch.HubWorld.Watched;
import dev.proreus.workspace.watch.RecordingSink.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a subscription is given, guarantee by guarantee, step by step. */
class WatchHubTest {
    private final HubWorld world = HubWorld.roomy();

    @Test
    void reliableFromTheInitialStateToLive() {
        world.commit(Write.put("a"));
        world.commit(Write.put("b"), Write.put("c"));
        Watched watched = world.watch(initial(), WatchFilter.every(), world.sink());
        world.settle();
        assertThat(watched.events()).containsExactly("added a@1", "added b@2", "added c@2");
        assertThat(watched.bookmarks()).containsExactly(new Call.Bookmark(2, true));

        world.commit(Write.put("a"));
        world.commit(Write.remove("b"));
        world.commit(Write.put("b"));
        world.settle();
        assertThat(watched.events()).endsWith("modified a@3", "deleted b@4", "added b@5");
        watched.checkComplete();
    }

    @Test
    void anInitialStateWithoutObjectsIsDoneAtOnce() {
        Watched watched = world.watch(initial(), WatchFilter.every(), world.sink());
        world.settle();
        assertThat(watched.calls()).containsExactly(new Call.Bookmark(0, true));
    }

    @Test
    void aFramedSnapshotIsOpenedAndClosed() {
        world.commit(Write.put("a"));
        Watched watched = watchFramed(initial(), WatchFilter.every());
        world.settle();
        assertThat(watched.calls().get(0)).isEqualTo(new Call.SnapshotBegin(1));
        assertThat(watched.calls()).endsWith(new Call.Bookmark(1, true));
        watched.checkComplete();
    }

    @Test
    void resumableAfterARevision() {
        for (int i = 0; i < 10; i++) {
            world.commit(Write.put("a"), Write.put("b" + i));
        }
        Watched watched = world.watch(after(4), WatchFilter.named("a"), world.sink());
        world.settle();
        world.commit(Write.put("a"));
        world.settle();
        assertThat(watched.events())
                .containsExactly(
                        "modified a@5",
                        "modified a@6",
                        "modified a@7",
                        "modified a@8",
                        "modified a@9",
                        "modified a@10",
                        "modified a@11");
        assertThat(watched.bookmarks()).as("no initial state was asked for").isEmpty();
        watched.checkComplete();
    }

    @Test
    void resumableNotAboveTheHead() {
        world.commit(Write.put("a"));
        Watched watched = world.watch(after(2), WatchFilter.every(), world.sink());
        world.settle();
        assertThat(refusal(watched).reason()).isEqualTo(Reason.REVISION_NOT_REACHED);
        assertThat(refusal(watched).metadata()).containsEntry("revision", "2").containsEntry("newest", "1");
    }

    @Test
    void atomicFromHistoryAndFromTheRing() {
        Write[] many = new Write[40];
        for (int i = 0; i < many.length; i++) {
            many[i] = Write.put("r" + i);
        }
        world.commit(many);
        world.commit(many);
        Watched watched =
                world.watch(after(0), WatchFilter.every(), world.sink().grant(1));
        world.settle();
        world.commit(many);
        world.commit(Write.put("r0"));
        for (int i = 0; i < 10; i++) {
            world.settle();
            watched.grant(1);
        }
        watched.checkComplete();
        assertThat(watched.events()).hasSize(121);
    }

    @Test
    void whatArrivesWhileTheSinkIsBusyGoesIntoOneMessage() {
        Watched watched = live(WatchFilter.every());
        watched.sink().grant(0);
        for (int i = 0; i < 10; i++) {
            world.commit(Write.put("a"));
            world.settle();
        }
        assertThat(watched.messages()).isEmpty();
        watched.grant(1);
        world.settle();
        assertThat(watched.messages()).hasSize(1);
        assertThat(watched.events()).hasSize(10);
        watched.checkComplete();
    }

    @Test
    void aMessageIsClosedAtTheFirstBorderPastItsSize() {
        Watched watched = live(WatchFilter.every());
        watched.sink().grant(0);
        for (int i = 0; i < 8; i++) {
            world.commit(Write.large("a", 5_000), Write.large("b", 5_000));
        }
        world.settle();
        watched.grant(1);
        world.settle();
        assertThat(watched.events()).hasSize(4);
        watched.grant(Integer.MAX_VALUE);
        world.settle();
        assertThat(watched.messages()).hasSize(4);
        watched.checkComplete();
    }

    @Test
    void aBurstBeyondWhatIsNotedComesFromTheRing() {
        Watched watched = live(WatchFilter.named("a"));
        watched.sink().grant(0);
        long reads = world.model().reads();
        for (int i = 0; i < 10 * RingFeed.POSITIONS; i++) {
            world.commit(Write.put("a"), Write.put("b"));
            world.settle();
        }
        watched.grant(Integer.MAX_VALUE);
        world.settle();
        assertThat(world.model().reads()).isEqualTo(reads);
        watched.checkComplete();
        assertThat(watched.events()).hasSize(10 * RingFeed.POSITIONS);
    }

    @Test
    void whatTheRingForgotComesFromHistory() {
        HubWorld small = new HubWorld(4_000, 1_000);
        small.commit(Write.put("a"));
        Watched watched = small.watch(initial(), WatchFilter.every(), small.sink());
        small.settle();
        watched.sink().grant(0);
        long reads = small.model().reads();
        for (int i = 0; i < 50; i++) {
            small.commit(Write.put("a"), Write.put("b"));
            small.settle();
        }
        assertThat(small.model().reads()).as("none while the sink is not ready").isEqualTo(reads);
        watched.grant(Integer.MAX_VALUE);
        small.settle();
        assertThat(small.model().reads()).isGreaterThan(reads);
        watched.checkComplete();
        assertThat(watched.events()).hasSize(101);
    }

    @Test
    void anIdleSubscriptionNeverFallsBehind() {
        HubWorld small = new HubWorld(4_000, 1_000);
        Watched watched = small.watch(initial(), WatchFilter.named("idle"), small.sink());
        small.settle();
        long reads = small.model().reads();
        for (int i = 0; i < 1_000; i++) {
            small.commit(Write.put("busy"));
            small.settle();
        }
        small.model().raiseFloor(ACME, 990);
        small.commit(Write.put("idle"));
        small.settle();
        assertThat(watched.events()).containsExactly("added idle@1001");
        assertThat(small.model().reads()).isEqualTo(reads);
    }

    @Test
    void anIdleSubscriptionOnALoopThatWasPassedOverReadsLittle() {
        HubWorld small = new HubWorld(4_000, 1_000);
        Watched watched = small.watch(initial(), WatchFilter.named("idle"), small.sink());
        small.settle();
        for (int i = 0; i < 100; i++) {
            small.commit(Write.put("busy"));
            small.settle();
        }
        small.model().raiseFloor(ACME, 90);
        for (int i = 0; i < 100; i++) {
            small.commit(Write.put(i == 50 ? "idle" : "busy"));
        }
        small.settle();
        assertThat(watched.events()).containsExactly("added idle@151");
        watched.checkComplete();
    }

    @Test
    void aSubscriptionThatWasIdleFallsBackToWhereItWasAndNotToItsLastEvent() {
        HubWorld small = new HubWorld(4_000, 1_000);
        Watched watched = small.watch(initial(), WatchFilter.named("idle"), small.sink());
        small.settle();
        for (int i = 0; i < 100; i++) {
            small.commit(Write.put("busy"));
            small.settle();
        }
        small.model().raiseFloor(ACME, 100);
        watched.sink().grant(0);
        for (int i = 0; i < 100; i++) {
            small.commit(Write.put("idle"));
            small.settle();
        }
        watched.grant(Integer.MAX_VALUE);
        small.settle();
        assertThat(watched.events()).hasSize(100);
        watched.checkComplete();
    }

    @Test
    void aRevisionThatTheLoopSawHalfOfIsNotLost() {
        HubWorld small = new HubWorld(4_000, 1_000);
        Watched watched = small.watch(initial(), WatchFilter.named("z"), small.sink());
        Runnable[] once = {() -> {}};
        WatchFilter trap = new Trap("trap", () -> once[0].run());
        small.watch(initial(), trap, small.sink());
        small.settle();
        once[0] = () -> {
            once[0] = () -> {};
            for (int i = 0; i < 100; i++) {
                small.commit(Write.put("busy"));
            }
        };
        small.commit(Write.put("trap"), Write.put("z"));
        small.settle();
        assertThat(watched.events()).containsExactly("added z@1");
        watched.checkComplete();
    }

    @Test
    void anObjectThatMovesIsLeftForTheOneAndAddedForTheOther() {
        Watched berlin = live(new Filters.Assigned("berlin"));
        Watched paris = live(new Filters.Assigned("paris"));
        Watched rest = live(new Filters.Rest(Set.of("berlin", "paris")));
        world.commit(Write.assign("r", "berlin"));
        world.commit(Write.assign("r", "berlin"));
        world.commit(Write.assign("r", "paris"));
        world.commit(Write.assign("r", null));
        world.commit(Write.assign("r", "berlin"));
        world.commit(Write.remove("r"));
        world.settle();
        assertThat(berlin.events())
                .containsExactly("added r@1", "modified r@2", "left r@3", "added r@5", "deleted r@6");
        assertThat(paris.events()).containsExactly("added r@3", "left r@4");
        assertThat(rest.events()).containsExactly("added r@4", "left r@5");
        berlin.checkComplete();
        paris.checkComplete();
        rest.checkComplete();
    }

    @Test
    void theSameFormsComeFromHistory() {
        world.commit(Write.assign("r", "berlin"));
        world.commit(Write.assign("r", "paris"));
        world.commit(Write.assign("r", "berlin"));
        world.commit(Write.remove("r"));
        Watched berlin = world.watch(after(0), new Filters.Assigned("berlin"), world.sink());
        world.settle();
        assertThat(berlin.events()).containsExactly("added r@1", "left r@2", "added r@3", "deleted r@4");
        berlin.checkComplete();
    }

    @Test
    void ownReportsAreNotEchoedAndCountAsSeen() {
        WatchSpec spec = new WatchSpec(ACME, Write.ROBOTS, WatchFilter::every, initial(), false, 5);
        Watched own = world.watch(spec, List.of(WatchFilter.every()), world.sink());
        Watched other = live(WatchFilter.every());
        world.commit(Write.put("a"));
        world.commit(Write.report("a", null, 5));
        world.commit(Write.report("a", null, 6));
        world.commit(Write.report("a", null, 5));
        world.settle();
        assertThat(own.events()).containsExactly("added a@1", "modified a@3");
        assertThat(other.events()).containsExactly("added a@1", "modified a@2", "modified a@3", "modified a@4");
        own.subscription().requestBookmark();
        world.settle();
        assertThat(own.bookmarks()).endsWith(new Call.Bookmark(4, false));
        own.checkComplete();
    }

    @Test
    void otherTypesAndWorkspacesAreNotShown() {
        Watched watched = live(WatchFilter.every());
        world.commit(Write.put("a").ofType(Write.DOCKS));
        world.publish(world.model().commit(ACME + 1, List.of(Write.put("a"))).get(0));
        world.settle();
        assertThat(watched.events()).isEmpty();
    }

    @Test
    void theLastDeletionsAreToldBeforeATypeEndsItsWatchesWhereverTheyAre() {
        world.commit(Write.put("a"), Write.put("b").ofType(Write.DOCKS));
        Watched here = world.watch(initial(), WatchFilter.every(), world.sink());
        Watched above = world.watch(everywhere(Write.ROBOTS), List.of(WatchFilter.every()), world.sink());
        Watched ofAnother = world.watch(everywhere(Write.DOCKS), List.of(WatchFilter.every()), world.sink());
        world.settle();

        world.commit(Write.remove("a"));
        world.deleteType();
        Watched late = world.watch(initial(), WatchFilter.every(), world.sink());
        world.settle();
        for (Watched each : List.of(here, above)) {
            assertThat(each.events()).containsExactly("added a@1", "deleted a@2");
        }
        for (Watched each : List.of(here, above, late)) {
            assertThat(each.end())
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.TYPE_NOT_FOUND));
        }
        world.commit(Write.put("b").ofType(Write.DOCKS));
        world.settle();
        assertThat(ofAnother.events()).containsExactly("added b@1", "modified b@3");
    }

    private static WatchSpec everywhere(int typeId) {
        Scope root = new Scope.Subtree(ModelStore.ROOT);
        return new WatchSpec(root, typeId, WatchFilter::every, initial(), WatchMode.EVERY, false, false, 0);
    }

    @Test
    void oneWakeUpForEachLoopAndBatch() {
        live(WatchFilter.every());
        live(WatchFilter.named("a"));
        int before = world.loop().accepted();
        List<List<Write>> batch = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            batch.add(List.of(Write.put("a")));
        }
        world.stageBatch(batch);
        world.drainCommitter();
        world.stageBatch(batch);
        world.drainCommitter();
        assertThat(world.loop().accepted())
                .as("the second batch finds it woken")
                .isEqualTo(before + 1);
        world.settle();
        assertThat(world.loop().accepted()).as("it did not queue itself").isEqualTo(before + 1);
    }

    @Test
    void encodedOnceForAllLoops() {
        StepExecutor otherLoop = new StepExecutor();
        BytesSink here = new BytesSink();
        BytesSink there = new BytesSink();
        WatchSpec spec = HubWorld.spec(initial(), WatchFilter::every, false);
        world.hub().subscribe(spec, here, world.loop());
        world.hub().subscribe(spec, there, otherLoop);
        otherLoop.drain();
        world.settle();
        otherLoop.drain();
        world.commit(Write.put("a"));
        world.settle();
        otherLoop.drain();
        assertThat(here.events).hasSize(1);
        assertThat(there.events).hasSize(1);
        assertThat(here.events.get(0)).isSameAs(there.events.get(0));
    }

    private Watched live(WatchFilter filter) {
        Watched watched = world.watch(initial(), filter, world.sink());
        world.settle();
        return watched;
    }

    private Watched watchFramed(WatchStart start, WatchFilter filter) {
        return world.watch(HubWorld.spec(start, () -> filter, true), List.of(filter), world.sink());
    }

    private static RefusedException refusal(Watched watched) {
        return (RefusedException) watched.end();
    }

    /** Wants one name, and does something whenever it is asked. */
    record Trap(String name, Runnable sprung) implements WatchFilter {
        @Override
        public List<Term> terms() {
            return List.of();
        }

        @Override
        public boolean matches(Selectable state) {
            sprung.run();
            return state.name().equals(name);
        }
    }

    /** Keeps the very bytes that it is given. */
    private static final class BytesSink implements WatchSink {
        private final List<ByteString> events = new ArrayList<>();

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void events(WatchMessage message) {
            events.addAll(message.events());
        }

        @Override
        public void snapshotBegin(long revision) {}

        @Override
        public void bookmark(long revision, boolean initialDone) {}

        @Override
        public void ended(RuntimeException why) {
            throw new AssertionError(why);
        }
    }
}
