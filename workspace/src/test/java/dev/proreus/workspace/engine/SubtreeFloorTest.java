package dev.proreus.workspace.engine;

import static dev.proreus.workspace.commit.ObjectWrite.Verb.APPLY;
import static dev.proreus.workspace.engine.EngineFixture.await;
import static dev.proreus.workspace.engine.EngineFixture.sections;
import static dev.proreus.workspace.engine.EngineFixture.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Retention;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.store.memory.MemoryStore;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.TypeDefinition;
import dev.proreus.workspace.watch.Subscription;
import dev.proreus.workspace.watch.WatchFilter;
import dev.proreus.workspace.watch.WatchMessage;
import dev.proreus.workspace.watch.WatchMode;
import dev.proreus.workspace.watch.WatchSink;
import dev.proreus.workspace.watch.WatchSpec;
import dev.proreus.workspace.watch.WatchStart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far back a subtree can be read: what its watches are told before that is too short, and refused after. */
class SubtreeFloorTest {
    private static final Duration AGE = Duration.ofHours(1);
    private static final Retention HOUR = new Retention(AGE, 1L << 30);
    private static final int MANY = 50;
    private static final int FEW = 10;

    private final MemoryStore store = new MemoryStore();
    private final LinkedBlockingQueue<Runnable> loop = new LinkedBlockingQueue<>();
    private EngineFixture fixture;
    private long ticks;
    private Workspace acme;
    private Workspace globex;
    private TypeDefinition robots;

    @BeforeEach
    void open() {
        fixture = new EngineFixture(store, 7, null, HOUR);
        acme = fixture.create("root:acme");
        globex = fixture.create("root:globex");
        robots = fixture.defineRobots("root");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aQuietWatchIsToldItsPositionBeforeItsTokenExpires() {
        write(globex, MANY);
        fixture.pass(AGE.multipliedBy(2));
        Tape tape = watch(new WatchStart.Now());
        runUntil(() -> tape.bookmarks.size() == 1);
        long told = tape.bookmarks.get(0);
        write(globex, FEW);
        tick();
        assertThat(tape.bookmarks).as("nothing of it is in danger").containsExactly(told);

        fixture.trim();
        tick();
        assertThat(tape.bookmarks).containsExactly(told, told + FEW);
        tick();
        assertThat(tape.bookmarks).as("once is enough").hasSize(2);
    }

    @Test
    void aTokenIsRefusedWhereCommitsAfterItAreTooOld() {
        Tape first = watch(new WatchStart.Now());
        runUntil(() -> first.bookmarks.size() == 1);
        String token = token(first.bookmarks.get(0));
        write(globex, FEW);
        fixture.pass(AGE.multipliedBy(2));
        write(globex, 1);
        fixture.trim();
        assertThat(assertRefused(token).metadata()).containsEntry("workspace", "root:acme");
    }

    @Test
    void aTokenIsRefusedWhereAWorkspaceOfTheSubtreeKeepsLess() {
        Tape first = watch(new WatchStart.Now());
        runUntil(() -> first.bookmarks.size() == 1);
        String token = token(first.bookmarks.get(0));
        write(acme, FEW);
        keepLittle("root:acme");
        assertThat(acme.subtreeFloor()).isPositive();
        assertThat(fixture.workspace("root").subtreeFloor()).isEqualTo(acme.subtreeFloor());
        assertThat(globex.subtreeFloor()).isZero();
        assertThat(assertRefused(token).metadata()).containsEntry("workspace", "root:acme");

        long floor = acme.subtreeFloor();
        fixture.close();
        fixture = new EngineFixture(store, 8, null, HOUR);
        assertThat(fixture.workspace("root:acme").subtreeFloor()).isEqualTo(floor);
        assertThat(fixture.workspace("root").subtreeFloor()).isEqualTo(floor);
    }

    @Test
    void theRefusalNamesTheWorkspaceThatKeepsLessAndWhatItKeeps() {
        Workspace berlin = fixture.create("root:acme:berlin");
        write(berlin, FEW);
        Tape first = watch(new WatchStart.Now());
        runUntil(() -> first.bookmarks.size() == 1);
        String token = token(first.bookmarks.get(0));
        write(berlin, 1);
        keepLittle("root:acme:berlin");
        RefusedException refusal = assertRefused(token);
        String floor = String.valueOf(berlin.floor());
        assertThat(refusal.text()).contains("change at revision " + floor, "root:acme:berlin");
        assertThat(refusal.metadata())
                .containsOnly(
                        Map.entry("workspace", "root:acme:berlin"),
                        Map.entry("revision", floor),
                        Map.entry("oldest", floor));
    }

    @Test
    void aTokenIsGoodWhereOnlyAWorkspaceOutsideKeepsLess() {
        Tape first = watch(new WatchStart.Now());
        runUntil(() -> first.bookmarks.size() == 1);
        String token = token(first.bookmarks.get(0));
        write(acme, 1);
        write(globex, FEW);
        keepLittle("root:globex");
        Tape again = watch(fixture.engine.resume(acme, robots, "all", token));
        runUntil(() -> again.events == 1);
        assertThat(again.end).isNull();
    }

    private void keepLittle(String path) {
        await(fixture.engine.updateWorkspace(WorkspacePath.parse(path), EngineFixture.retention(null, 1L)));
        fixture.trim();
    }

    /** What a revision is to one workspace, nothing is to a subtree: it starts anew. */
    private RefusedException assertRefused(String token) {
        Tape again = watch(fixture.engine.resume(acme, robots, "all", token));
        runUntil(() -> again.end != null);
        assertThat(again.end).isInstanceOf(RefusedException.class);
        RefusedException refusal = (RefusedException) again.end;
        assertThat(refusal.reason()).isEqualTo(Reason.RESOURCE_VERSION_EXPIRED);
        assertThat(refusal.text()).contains("watch without a start").doesNotContain("from its revision");
        assertThat(again.events).isZero();
        return refusal;
    }

    private String token(long position) {
        return fixture.engine.resumeToken(acme, robots, "all", position);
    }

    private void write(Workspace workspace, int times) {
        for (int i = 0; i < times; i++) {
            fixture.write(wish(APPLY, workspace, robots, "r1", sections(Map.of("target", workspace.revision()))));
        }
    }

    private Tape watch(WatchStart start) {
        Tape tape = new Tape();
        WatchSpec spec = new WatchSpec(
                new Scope.Subtree(acme.id()), robots.id(), WatchFilter::every, start, WatchMode.EVERY, false, false, 0);
        Subscription unused = fixture.engine.watch(spec, tape, loop::add);
        return tape;
    }

    private void tick() {
        fixture.engine.tick(++ticks);
        for (Runnable next = loop.poll(); next != null; next = loop.poll()) {
            next.run();
        }
    }

    /** Does what falls to the loop until something has come about. */
    private void runUntil(BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            try {
                Runnable next = loop.poll(20, TimeUnit.SECONDS);
                assertThat(next).isNotNull();
                next.run();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** What a watch was told. */
    private static final class Tape implements WatchSink {
        private final List<Long> bookmarks = new ArrayList<>();
        private int events;
        private @Nullable RuntimeException end;

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
            throw new AssertionError("it is not framed");
        }

        @Override
        public void bookmark(long position, boolean initialDone) {
            bookmarks.add(position);
        }

        @Override
        public void ended(RuntimeException why) {
            end = why;
        }
    }
}
