package dev.proreus.workspace.engine;

import static dev.proreus.workspace.commit.ObjectWrite.Verb.APPLY;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.DELETE;
import static dev.proreus.workspace.engine.EngineFixture.await;
import static dev.proreus.workspace.engine.EngineFixture.refusal;
import static dev.proreus.workspace.engine.EngineFixture.sections;
import static dev.proreus.workspace.engine.EngineFixture.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.History;
import dev.proreus.workspace.Instrumentation;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Retention;
import dev.proreus.workspace.Scope;
import dev.proreus.workspace.agent.Claim;
import dev.proreus.workspace.cache.BodyCache;
import dev.proreus.workspace.cache.ObjectCache;
import dev.proreus.workspace.read.FloorLookup;
import dev.proreus.workspace.read.FlooredReads;
import dev.proreus.workspace.read.ObjectReader;
import dev.proreus.workspace.read.Places;
import dev.proreus.workspace.select.Selector;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.LogRow;
import dev.proreus.workspace.store.rows.VersionRow;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.TypeDefinition;
import dev.proreus.workspace.watch.WatchStart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the engine promises of the past: what is at or above the floor is exact, what is below it is refused, and what
 * nobody can see any more takes no room.
 */
abstract class HistoryContract {
    /** Rows of a chunk: few, so that chunks end in the midst of things. */
    private static final int CHUNK_ROWS = 100;

    private static final Keys KEYS = Keys.ofShard(0);
    private static final ObjectCache NO_OBJECTS = new ObjectCache(0, Instrumentation.none());
    private static final BodyCache NO_BODIES = new BodyCache(0, Instrumentation.none());
    private static final Duration AGE = Duration.ofHours(1);
    private static final Retention HOUR = new Retention(AGE, 1L << 30);

    private TrickyStore store;
    private EngineFixture fixture;
    private FlooredReads reads;
    private TypeDefinition robots;

    /** Opens the test's store, the same one at each call. */
    abstract Store openStore();

    /** Ends a use of the store; one that keeps its data on disk closes it. */
    abstract void release(Store used);

    @BeforeEach
    void open() {
        start(HOUR);
        fixture.create("root:acme");
        robots = fixture.defineRobots("root");
    }

    private void start(Retention retention) {
        store = new TrickyStore(openStore());
        fixture = new EngineFixture(store, 7, null, retention);
        Places places = new Places(store, KEYS, fixture.engine.workspaces()::place);
        FloorLookup floors = new FloorLookup(fixture.engine.workspaces()::floor, places);
        reads = new FlooredReads(
                new ObjectReader(store, KEYS, fixture.engine.types()::byId, places, floors, NO_OBJECTS, NO_BODIES),
                floors);
    }

    @AfterEach
    void close() {
        fixture.close();
        store.neverInterrupt();
        release(store);
    }

    private void restart(Retention retention, boolean powerIsLost) {
        Duration passed = fixture.passed();
        fixture.close();
        if (powerIsLost) {
            store.losePower();
        }
        release(store);
        start(retention);
        fixture.pass(passed);
        robots = fixture.engine.types().resolve(acme(), "robots");
    }

    private Workspace acme() {
        return fixture.workspace("root:acme");
    }

    private ByteString apply(Workspace workspace, String name, int target) {
        return fixture.write(wish(APPLY, workspace, robots, name, sections(Map.of("target", target))))
                .object();
    }

    private void delete(Workspace workspace, String name) {
        fixture.write(wish(DELETE, workspace, robots, name, null));
    }

    /** Makes the floor rise to the newest revision, once more is committed and history is trimmed. */
    private void everythingGetsOld() {
        fixture.pass(AGE.multipliedBy(2));
    }

    private List<PastModel.Event> changes(Workspace workspace, long after) {
        List<PastModel.Event> events = new ArrayList<>();
        long reached = after;
        do {
            History.Log chunk =
                    reads.log(new Scope.OneWorkspace(workspace.id()), reached, workspace.revision(), CHUNK_ROWS);
            events.addAll(events(chunk));
            reached = chunk.reached();
        } while (reached < workspace.revision());
        return events;
    }

    private static List<PastModel.Event> events(History.Log chunk) {
        return chunk.changes().stream()
                .map(change -> {
                    boolean before = change.kind() == ChangeKind.MODIFIED;
                    assertThat(change.previous() != null).isEqualTo(before);
                    return new PastModel.Event(change.revision(), change.kind(), change.name(), change.object());
                })
                .toList();
    }

    /** Lists by small pages, at a revision above 0. */
    private NavigableMap<String, ByteString> list(Workspace workspace, long revision) {
        NavigableMap<String, ByteString> found = new TreeMap<>();
        String token = "";
        do {
            ObjectPage page = await(fixture.engine.list(workspace, robots, Selector.EVERY, revision, 2, token));
            assertThat(page.revision()).isEqualTo(revision);
            page.items()
                    .forEach(item -> found.put(item.state().name(), item.state().object()));
            token = page.nextPageToken();
        } while (!token.isEmpty());
        return found;
    }

    private static void assertExpired(Supplier<?> read, long oldest) {
        Throwable thrown = catchThrowable(read::get);
        assertThat(thrown).isInstanceOf(RefusedException.class);
        RefusedException refusal = (RefusedException) thrown;
        assertThat(refusal.reason()).isEqualTo(Reason.RESOURCE_VERSION_EXPIRED);
        assertThat(refusal.metadata()).containsEntry("oldest", Long.toString(oldest));
    }

    @Test
    void theFloorRisesToTheNewestOfWhatIsTooOldAndAnythingAboveIsExact() {
        ByteString first = apply(acme(), "r1", 1);
        ByteString second = apply(acme(), "r1", 2);
        everythingGetsOld();
        ByteString third = apply(acme(), "r1", 3);
        fixture.trim();
        assertThat(acme().floor()).isEqualTo(2);
        assertThat(list(acme(), 2)).containsExactly(Map.entry("r1", second));
        assertThat(list(acme(), 3)).containsExactly(Map.entry("r1", third));
        assertExpired(() -> list(acme(), 1), 2);
        assertExpired(() -> await(fixture.engine.get(acme(), robots, "r1", 1)), 2);
        assertExpired(() -> changes(acme(), 1), 2);
        assertExpired(() -> fixture.engine.after(acme(), 1), 2);
        assertThat(fixture.engine.after(acme(), 2)).isEqualTo(new WatchStart.After(2));
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void anAgentsSubscriptionFromBelowTheFloorStartsOver() {
        Claim whole = new Claim(robots.id(), Claim.Kind.WHOLE_TYPE, "");
        await(fixture.engine.openSession(acme(), "fleet", "i1", "test", List.of(whole)));
        apply(acme(), "r1", 1);
        everythingGetsOld();
        apply(acme(), "r1", 2);
        fixture.trim();
        assertThat(acme().floor()).isEqualTo(2);
        String incarnation = acme().incarnation().toString();
        assertThat(fixture.engine.resume(acme(), whole, 1, incarnation)).isEqualTo(new WatchStart.InitialState());
        EngineFixture.assertGoesOnAfter(fixture.engine.resume(acme(), whole, 2, incarnation), 2);
    }

    @Test
    void revisionsThatAreNoneAreRefused() {
        apply(acme(), "r1", 1);
        for (long wrong : new long[] {-1, Long.MIN_VALUE}) {
            assertThat(refusal(() -> await(fixture.engine.get(acme(), robots, "r1", wrong))))
                    .isEqualTo(Reason.BAD_REQUEST);
            assertThat(refusal(() -> await(fixture.engine.list(acme(), robots, Selector.EVERY, wrong, 0, ""))))
                    .isEqualTo(Reason.BAD_REQUEST);
        }
        for (long future : new long[] {2, Long.MAX_VALUE}) {
            assertThat(refusal(() -> await(fixture.engine.get(acme(), robots, "r1", future))))
                    .isEqualTo(Reason.REVISION_NOT_REACHED);
            assertThat(refusal(() -> await(fixture.engine.list(acme(), robots, Selector.EVERY, future, 0, ""))))
                    .isEqualTo(Reason.REVISION_NOT_REACHED);
        }
    }

    @Test
    void aPageTokenBelowTheFloorIsExpiredAndOneOfAnotherRevisionIsRefused() {
        for (int i = 0; i < 5; i++) {
            apply(acme(), "r" + i, i);
        }
        String token = await(fixture.engine.list(acme(), robots, Selector.EVERY, 0, 2, ""))
                .nextPageToken();
        String fixed = await(fixture.engine.list(acme(), robots, Selector.EVERY, 4, 2, ""))
                .nextPageToken();
        assertThat(refusal(() -> await(fixture.engine.list(acme(), robots, Selector.EVERY, 3, 2, fixed))))
                .isEqualTo(Reason.BAD_REQUEST);
        assertThat(refusal(() -> await(fixture.engine.list(acme(), robots, Selector.EVERY, 0, 2, fixed))))
                .isEqualTo(Reason.BAD_REQUEST);
        assertThat(await(fixture.engine.list(acme(), robots, Selector.EVERY, 4, 2, fixed))
                        .revision())
                .isEqualTo(4);
        apply(acme(), "r1", 100);
        everythingGetsOld();
        fixture.trim();
        assertExpired(() -> await(fixture.engine.list(acme(), robots, Selector.EVERY, 0, 2, token)), 6);
    }

    /**
     * etcd issue 18089: compaction on a delete dropped its event; and 19179: so did a watch opened at that revision.
     */
    @Test
    void reliableADeleteJustAboveTheFloorIsDelivered() {
        PastModel model = new PastModel();
        model.put("r1", apply(acme(), "r1", 1));
        everythingGetsOld();
        delete(acme(), "r1");
        model.delete("r1");
        fixture.trim();
        assertThat(acme().floor()).isEqualTo(1);
        assertThat(changes(acme(), 1)).isEqualTo(model.after(1)).hasSize(1);
        model.put("r1", apply(acme(), "r1", 2));
        assertThat(changes(acme(), 1)).isEqualTo(model.after(1));
        everythingGetsOld();
        model.put("r2", apply(acme(), "r2", 1));
        fixture.trim();
        assertThat(acme().floor()).isEqualTo(3);
        assertThat(changes(acme(), 3)).isEqualTo(model.after(3));
        assertRowsAreThoseOf(acme(), model);
    }

    @Test
    void reliableCompactionOnTheDeleteItselfLeavesNothingToBeSeenAgain() {
        PastModel model = new PastModel();
        model.put("r1", apply(acme(), "r1", 1));
        delete(acme(), "r1");
        model.delete("r1");
        everythingGetsOld();
        fixture.trim();
        assertThat(acme().floor()).isEqualTo(2);
        assertThat(list(acme(), 2)).isEmpty();
        assertThat(changes(acme(), 2)).isEmpty();
        assertRowsAreThoseOf(acme(), model);
    }

    /** etcd issue 17780: a crash in the midst of compaction made the revision go back. */
    @Test
    void durableACrashInTheMidstOfTrimmingChangesNothing() {
        PastModel model = new PastModel();
        List<ByteString> objects = fixture.writeTogether(
                2_500, i -> wish(APPLY, acme(), robots, "r" + i % 10, sections(Map.of("target", i))));
        for (int i = 0; i < objects.size(); i++) {
            model.put("r" + i % 10, objects.get(i));
        }
        everythingGetsOld();
        fixture.trimStep();
        for (boolean powerIsLost : new boolean[] {true, false, true, false}) {
            long before = acme().floor();
            assertThat(before).isPositive();
            restart(HOUR, powerIsLost);
            assertThat(acme().revision()).isEqualTo(2_500);
            assertThat(acme().floor()).isEqualTo(before);
            assertThat(list(acme(), before)).isEqualTo(model.at(before));
            fixture.trimStep();
        }
        model.put("r1", apply(acme(), "r1", -1));
        assertThat(acme().revision()).isEqualTo(2_501);
        fixture.trim();
        assertThat(acme().floor()).isEqualTo(2_500);
        assertThat(changes(acme(), 2_500)).isEqualTo(model.after(2_500));
        assertRowsAreThoseOf(acme(), model);
    }

    /** etcd issue 18667: a read at a revision that was being compacted saw a part of it. */
    @Test
    void aReadThatTheFloorOvertakesIsExactOrRefused() {
        PastModel model = new PastModel();
        for (int i = 0; i < 12; i++) {
            model.put("r" + i % 4, apply(acme(), "r" + i % 4, i));
            if (i % 5 == 4) {
                delete(acme(), "r" + i % 4);
                model.delete("r" + i % 4);
            }
        }
        int refused = 0;
        int exact = 0;
        for (int accesses = 0; accesses < 40; accesses++) {
            long after = acme().floor();
            store.interruptAfter(accesses, () -> {
                everythingGetsOld();
                model.put("r0", apply(acme(), "r0", 1_000 + (int) acme().revision()));
                everythingGetsOld();
                fixture.trim();
            });
            long through = acme().revision();
            try {
                long id = acme().id();
                History.Log log = reads.log(new Scope.OneWorkspace(id), after, through, CHUNK_ROWS);
                assertThat(events(log)).isEqualTo(model.between(after, through));
                List<PastModel.Event> named = new ArrayList<>();
                for (int name = 0; name < 4; name++) {
                    named.addAll(events(reads.versions(id, robots.id(), "r" + name, after, through, true, CHUNK_ROWS)));
                }
                assertThat(named).containsExactlyInAnyOrderElementsOf(model.between(after, through));
                NavigableMap<String, ByteString> seen = new TreeMap<>();
                reads.states(id, robots.id(), null, null, after, CHUNK_ROWS, Limits.PAGE_BYTES)
                        .list()
                        .forEach(state -> seen.put(state.name(), state.object()));
                assertThat(seen).isEqualTo(model.at(after));
                exact++;
            } catch (RefusedException e) {
                assertThat(e.reason()).isEqualTo(Reason.RESOURCE_VERSION_EXPIRED);
                refused++;
            }
            store.neverInterrupt();
            for (int i = 0; i < 6; i++) {
                model.put("r" + i % 4, apply(acme(), "r" + i % 4, 10_000 + i + (int) acme().revision()));
            }
        }
        assertThat(refused).isGreaterThan(10);
        assertThat(exact).isPositive();
    }

    @Test
    void theLargestHoldersAreTrimmedFirstAndAQuietWorkspaceLosesNothing() {
        restart(new Retention(AGE, 64 << 10), false);
        Workspace quiet = fixture.create("root:quiet");
        Workspace loud = fixture.create("root:loud");
        Workspace louder = fixture.create("root:louder");
        for (int i = 0; i < 20; i++) {
            apply(quiet, "r" + i, i);
        }
        for (int i = 0; i < 400; i++) {
            apply(loud, "r1", i);
            apply(louder, "r1", i);
            apply(louder, "r2", i);
        }
        long quietBytes = quiet.historyBytes();
        fixture.trim();
        assertThat(fixture.engine.workspaces().historyBytes()).isBetween(32L << 10, 64L << 10);
        assertThat(quiet.floor()).isZero();
        assertThat(quiet.historyBytes()).isEqualTo(quietBytes);
        assertThat(loud.floor()).isPositive();
        assertThat(louder.floor()).isGreaterThan(loud.floor());
        assertThat(louder.historyBytes()).isCloseTo(loud.historyBytes(), org.assertj.core.data.Offset.offset(512L));
    }

    @Test
    void aWorkspaceMayKeepLessThanTheStore() {
        Workspace brief = fixture.create("root:brief");
        Workspace small = fixture.create("root:small");
        await(fixture.engine.updateWorkspace(brief.path(), EngineFixture.retention(Duration.ofMinutes(10), null)));
        await(fixture.engine.updateWorkspace(small.path(), EngineFixture.retention(null, 8L << 10)));
        for (int i = 0; i < 100; i++) {
            apply(brief, "r1", i);
            apply(small, "r1", i);
            apply(acme(), "r1", i);
        }
        fixture.trim();
        assertThat(small.historyBytes()).isBetween(1L, 8L << 10);
        assertThat(brief.floor()).isZero();
        restart(HOUR, false);
        Workspace again = fixture.workspace("root:brief");
        assertThat(again.ownRetention()).isEqualTo(new Retention(Duration.ofMinutes(10), 0));
        fixture.pass(Duration.ofMinutes(11));
        fixture.trim();
        assertThat(again.floor()).isEqualTo(100);
        assertThat(acme().floor()).isZero();
        await(fixture.engine.updateWorkspace(again.path(), EngineFixture.retention(Duration.ZERO, null)));
        apply(again, "r1", -1);
        fixture.pass(Duration.ofMinutes(11));
        fixture.trim();
        assertThat(again.floor()).isEqualTo(100);
    }

    @Test
    void heldIsWhatWasWrittenBesideAClockThatWentBack() {
        await(fixture.engine.updateWorkspace(acme().path(), EngineFixture.retention(AGE.dividedBy(2), null)));
        ByteString first = apply(acme(), "r1", 1);
        fixture.pass(AGE.negated());
        ByteString second = apply(acme(), "r1", 2);
        fixture.pass(AGE);
        ByteString third = apply(acme(), "r1", 3);
        fixture.trim();
        assertThat(acme().floor()).as("nothing is older than a moment").isZero();
        assertThat(list(acme(), 1)).containsExactly(Map.entry("r1", first));
        assertThat(list(acme(), 2)).containsExactly(Map.entry("r1", second));
        assertThat(list(acme(), 3)).containsExactly(Map.entry("r1", third));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void anyRevisionIsExactOrExpired(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        fixture.create("root:globex");
        Map<String, PastModel> models = new HashMap<>();
        models.put("root:acme", new PastModel());
        models.put("root:globex", new PastModel());
        for (int i = 0; i < 250; i++) {
            String path = random.nextInt(3) == 0 ? "root:globex" : "root:acme";
            Workspace workspace = fixture.workspace(path);
            PastModel model = Objects.requireNonNull(models.get(path));
            String name = "r" + random.nextInt(6);
            switch (random.nextInt(10)) {
                case 0, 1 -> fixture.pass(Duration.ofMinutes(random.nextInt(40)));
                case 2, 3 -> fixture.trimStep();
                case 4, 5 -> {
                    if (model.newest().containsKey(name)) {
                        delete(workspace, name);
                        model.delete(name);
                    }
                }
                case 6 -> {
                    if (random.nextInt(4) == 0) {
                        restart(HOUR, random.nextBoolean());
                    } else if (random.nextInt(4) == 0) {
                        long bytes = random.nextInt(3) * 2_000L;
                        await(fixture.engine.updateWorkspace(workspace.path(), EngineFixture.retention(null, bytes)));
                    }
                }
                default -> model.put(name, apply(workspace, name, i));
            }
            if (i % 25 == 24) {
                models.forEach(this::assertExact);
            }
        }
        fixture.trim();
        models.forEach((path, model) -> {
            assertExact(path, model);
            assertRowsAreThoseOf(fixture.workspace(path), model);
        });
    }

    private void assertExact(String path, PastModel model) {
        Workspace workspace = fixture.workspace(path);
        long floor = workspace.floor();
        assertThat(workspace.revision()).isEqualTo(model.head());
        for (long revision = 0; revision <= model.head(); revision++) {
            long at = revision;
            if (at < floor) {
                assertExpired(() -> changes(workspace, at), floor);
                assertExpired(() -> at == 0 ? changes(workspace, at) : list(workspace, at), floor);
            } else {
                assertThat(changes(workspace, at))
                        .as("after %s of %s", at, path)
                        .isEqualTo(model.after(at));
                if (at > 0) {
                    assertThat(list(workspace, at)).as("at %s of %s", at, path).isEqualTo(model.at(at));
                }
            }
        }
    }

    /** Nothing is missing and nothing is left: the rows are exactly what can be seen at the floor and above it. */
    private void assertRowsAreThoseOf(Workspace workspace, PastModel model) {
        long floor = workspace.floor();
        long bytes = 0;
        int logRows = 0;
        try (var cursor = store.cursor(Table.LOG, KEYS.ranges().allOfWorkspace(workspace.id()))) {
            for (; cursor.valid(); cursor.next()) {
                logRows++;
                bytes += LogRow.weight(LogRow.decode(cursor.value()).writes());
            }
        }
        int versionRows = 0;
        try (var cursor = store.cursor(Table.VERSION, KEYS.ranges().allOfWorkspace(workspace.id()))) {
            for (; cursor.valid(); cursor.next()) {
                versionRows++;
                byte[] row = cursor.value();
                assertThat(VersionRow.decode(row)).isNotNull();
                if (Keys.revisionOf(cursor.key()) > floor) {
                    bytes += cursor.key().length + row.length;
                }
            }
        }
        assertThat(logRows).isEqualTo((int) (model.head() - floor));
        assertThat(versionRows).isEqualTo(model.at(floor).size() + (int) (model.head() - floor));
        assertThat(workspace.historyBytes()).isEqualTo(bytes);
    }
}
