package dev.proreus.workspace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Scope;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.commit.Written;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.memory.MemoryStore;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.TypeDefinition;
import dev.proreus.workspace.watch.WatchFilter;
import dev.proreus.workspace.watch.WatchMessage;
import dev.proreus.workspace.watch.WatchMode;
import dev.proreus.workspace.watch.WatchSink;
import dev.proreus.workspace.watch.WatchSpec;
import dev.proreus.workspace.watch.WatchStart;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Catch-up follows matches: what is read of history is counted, not timed. */
class CatchUpCostTest {
    private static final int WATCHES = Boolean.getBoolean("proreus.short") ? 1_000 : 10_000;
    private static final int BATCH = 500;
    private static final int OBJECT_BYTES = 1_024;

    private final Deque<Runnable> readers = new ArrayDeque<>();
    private final Deque<Runnable> loop = new ArrayDeque<>();
    private final Store store = new MemoryStore();
    private final EngineFixture fixture = new EngineFixture(store, 1, readers::add);
    private final Workspace workspace = fixture.workspace("root");
    private final TypeDefinition robots = fixture.defineRobots("root");
    private long events;

    @AfterEach
    void close() {
        fixture.close();
        store.close();
    }

    @Test
    void manyOfOneTypeReadTheLogTogether() {
        write(10, 1);
        long start = workspace.revision();
        write(10, 10);
        watchAll(start, watch -> WatchFilter.every());
        assertThat(events).isEqualTo(100L * WATCHES);
        assertThat(fixture.engine.readCounts().rows())
                .as("rows read for %s watches, 100 events behind", WATCHES)
                .isLessThanOrEqualTo(1_000);
        assertThat(fixture.engine.readCounts().bodies()).isLessThanOrEqualTo(1_000);
        report("of one type");
    }

    @Test
    void eachOfDistinctObjectsReadsItsOwnVersions() {
        write(WATCHES, 1);
        long start = workspace.revision();
        write(WATCHES, 2);
        watchAll(start, watch -> WatchFilter.named(name(watch)));
        assertThat(events).isEqualTo(2L * WATCHES);
        assertThat(fixture.engine.readCounts().rows()).isLessThanOrEqualTo(2 * events);
        assertThat(fixture.engine.readCounts().seeks()).isLessThanOrEqualTo(WATCHES);
        assertThat(fixture.engine.readCounts().bodies()).isZero();
        report("on distinct objects");
    }

    @Test
    void newestStatesReadTheBodiesOfFirstAndLastAlone() {
        write(10, 1);
        long start = workspace.revision();
        write(10, 20);
        watch(start, WatchFilter.every(), WatchMode.LATEST);
        settle();
        assertThat(events).isEqualTo(10);
        assertThat(fixture.engine.readCounts().bodies())
                .as("bodies read for 200 changes of 10 objects")
                .isLessThanOrEqualTo(2 * 10);
    }

    private void watchAll(long after, IntFunction<WatchFilter> filters) {
        for (int i = 0; i < WATCHES; i++) {
            watch(after, filters.apply(i), WatchMode.EVERY);
        }
        settle();
    }

    private void watch(long after, WatchFilter filter, WatchMode mode) {
        Scope scope = new Scope.OneWorkspace(workspace.id());
        var unused = fixture.engine.watch(
                new WatchSpec(scope, robots.id(), () -> filter, new WatchStart.After(after), mode, false, false, 0),
                new Counting(),
                loop::add);
    }

    private void settle() {
        while (!loop.isEmpty() || !readers.isEmpty()) {
            drain(loop);
            if (!readers.isEmpty()) {
                readers.remove().run();
            }
        }
    }

    private static void drain(Deque<Runnable> tasks) {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private void write(int objects, int rounds) {
        List<CompletionStage<Written>> batch = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < objects; i++) {
                Map<String, String> spec = Map.of("at", workspace.revision() + "/" + round, "padding", padding());
                batch.add(fixture.engine.write(EngineFixture.wish(
                        ObjectWrite.Verb.APPLY, workspace, robots, name(i), EngineFixture.sections(spec))));
                if (batch.size() == BATCH) {
                    batch.forEach(EngineFixture::await);
                    batch.clear();
                }
            }
        }
        batch.forEach(EngineFixture::await);
    }

    private static String padding() {
        return "x".repeat(OBJECT_BYTES - 100);
    }

    private static String name(int object) {
        return "robot-" + object;
    }

    private void report(String what) {
        System.out.println(WATCHES + " watches " + what + ": " + events + " events, "
                + fixture.engine.readCounts().rows() + " rows, "
                + fixture.engine.readCounts().seeks() + " seeks, "
                + fixture.engine.readCounts().bodies() + " bodies");
    }

    private final class Counting implements WatchSink {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void events(WatchMessage message) {
            events += message.events().size();
        }

        @Override
        public void snapshotBegin(long position) {
            throw new AssertionError("no snapshot was asked for");
        }

        @Override
        public void bookmark(long position, boolean initialDone) {
            throw new AssertionError("no bookmark was asked for");
        }

        @Override
        public void ended(RuntimeException why) {
            throw why;
        }
    }
}
