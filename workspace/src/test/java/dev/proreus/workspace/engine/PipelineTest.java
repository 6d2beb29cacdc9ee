package dev.proreus.workspace.engine;

import static dev.proreus.workspace.commit.ObjectWrite.Verb.APPLY;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.CREATE;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.DELETE;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.UPDATE_STATUS;
import static dev.proreus.workspace.engine.EngineFixture.ROBOTS;
import static dev.proreus.workspace.engine.EngineFixture.await;
import static dev.proreus.workspace.engine.EngineFixture.refusal;
import static dev.proreus.workspace.engine.EngineFixture.sections;
import static dev.proreus.workspace.engine.EngineFixture.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.canonical.ConditionSection;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.canonical.StatusSections;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.commit.WorkspaceDeletion;
import dev.proreus.workspace.commit.Written;
import dev.proreus.workspace.store.memory.MemoryStore;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.type.SystemTypes;
import dev.proreus.workspace.type.TypeDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the committer promises while one batch is on its way to the disk and the next is built. */
class PipelineTest {
    private static final int LARGE = 900_000;

    private final GatedStore store = new GatedStore(new MemoryStore());
    private final List<RuntimeException> failures = new CopyOnWriteArrayList<>();
    private EngineFixture fixture;
    private Workspace acme;
    private TypeDefinition robots;

    @BeforeEach
    void open() {
        fixture = EngineFixture.telling(store, 7, failures::add);
        acme = fixture.create("root:acme");
        robots = fixture.defineRobots("root:acme");
    }

    @AfterEach
    void close() {
        store.open();
        fixture.close();
    }

    @Test
    void theNextBatchIsBuiltWhileOneIsWritten() {
        store.shut();
        CompletableFuture<Written> first = submit(create("first"));
        store.awaitWrite();
        store.awaitLooks(1);
        List<CompletableFuture<Written>> next =
                IntStream.range(0, 100).mapToObj(i -> submit(create("r" + i))).toList();
        store.awaitLooks(100);
        assertThat(store.writes()).isZero();
        assertThat(first).isNotDone();
        store.open();
        next.forEach(EngineFixture::await);
        assertThat(store.writes()).isEqualTo(1);
        assertThat(await(first).revision()).isEqualTo(2);
        assertThat(next).extracting(each -> await(each).revision()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void durableIsWhatARefusalSpeaksOf() {
        store.shut();
        CompletableFuture<Written> created = submit(create("r1"));
        store.awaitWrite();
        CompletableFuture<Written> taken = submit(create("r1"));
        CompletableFuture<Written> same = submit(wish(APPLY, acme, robots, "r1", target(1)));
        CompletableFuture<Written> other = submit(wish(DELETE, acme, robots, "none", null));
        store.awaitLooks(2);
        assertThat(List.of(created, taken, same, other)).noneMatch(CompletableFuture::isDone);
        assertThat(acme.revision()).isEqualTo(1);
        assertThat(refusal(() -> await(fixture.engine.get(acme, robots, "r1", 0))))
                .isEqualTo(Reason.OBJECT_NOT_FOUND);
        store.open();
        assertThat(refusal(() -> await(taken))).isEqualTo(Reason.ALREADY_EXISTS);
        assertThat(await(same).outcome()).isEqualTo(Written.Outcome.UNCHANGED);
        assertThat(refusal(() -> await(other))).isEqualTo(Reason.OBJECT_NOT_FOUND);
        assertThat(await(created).revision()).isEqualTo(2);
    }

    @Test
    void atomicStateGoesFromBatchToBatch() {
        fixture.write(create("r0"));
        store.shut();
        CompletableFuture<Written> deleted = submit(wish(DELETE, acme, robots, "r0", null));
        store.awaitWrite();
        CompletableFuture<Written> dropped = submit(wish(DELETE, acme, SystemTypes.RESOURCE_TYPES, ROBOTS, null));
        store.awaitLooks(1);
        store.open();
        assertThat(await(deleted).outcome()).isEqualTo(Written.Outcome.DELETED);
        assertThat(await(dropped).outcome()).isEqualTo(Written.Outcome.DELETED);
        TypeDefinition again = fixture.defineRobots("root:acme");
        store.shut();
        CompletableFuture<Written> created = submit(wish(CREATE, acme, again, "r1", target(1)));
        store.awaitWrite();
        CompletableFuture<Written> refused = submit(wish(DELETE, acme, SystemTypes.RESOURCE_TYPES, ROBOTS, null));
        store.open();
        assertThat(refusal(() -> await(refused))).isEqualTo(Reason.TYPE_IN_USE);
        assertThat(await(created).outcome()).isEqualTo(Written.Outcome.CREATED);
    }

    @Test
    void aWishJudgedUnderAnOlderDefinitionIsJudgedAgain() {
        Map<String, Object> changed = new HashMap<>(EngineFixture.robotDefinition());
        changed.put("selectableFields", List.of("spec.target"));
        store.shut();
        CompletableFuture<Written> defined =
                submit(wish(APPLY, acme, SystemTypes.RESOURCE_TYPES, ROBOTS, sections(changed)));
        store.awaitWrite();
        CompletableFuture<Written> stale = submit(create("r1"));
        store.open();
        assertThat(refusal(() -> await(stale))).isEqualTo(Reason.CONTENTION);
        assertThat(await(defined).outcome()).isEqualTo(Written.Outcome.UPDATED);
        robots = fixture.engine.types().resolve(acme, "robots");
        assertThat(fixture.write(create("r1")).outcome()).isEqualTo(Written.Outcome.CREATED);
    }

    @Test
    void unknownIsTheOutcomeOfAFailedBatchAndOfTheOneBuiltOnIt() {
        store.shut();
        CompletableFuture<Written> first = submit(create("r1"));
        store.awaitWrite();
        CompletableFuture<Written> taken = submit(create("r1"));
        CompletableFuture<Written> second = submit(create("r2"));
        store.awaitLooks(2);
        store.fail();
        for (CompletableFuture<Written> each : List.of(first, second, taken)) {
            assertThat(refusal(() -> await(each))).isEqualTo(Reason.OUTCOME_UNKNOWN);
        }
        fixture.engine.close();
        assertThat(failures).hasSize(1);
        assertThat(acme.revision()).isEqualTo(1);
        assertThat(refusal(() -> await(submit(create("r3"))))).isEqualTo(Reason.STOPPING);
    }

    @Test
    void aThreadThatEndsByAnErrorLeavesNobodyWaiting() {
        store.shut();
        CompletableFuture<Written> first = submit(create("r1"));
        store.awaitWrite();
        CompletableFuture<Written> second = submit(create("r2"));
        store.awaitLooks(2);
        store.breakDown();
        for (CompletableFuture<Written> each : List.of(first, second)) {
            assertThat(refusal(() -> await(each))).isEqualTo(Reason.OUTCOME_UNKNOWN);
        }
        fixture.engine.close();
        assertThat(failures).hasSize(1);
        assertThat(refusal(() -> await(submit(create("r3"))))).isEqualTo(Reason.STOPPING);
    }

    /** What does not fit is refused with when to try again, and nothing that was taken is lost. */
    @Test
    void boundedIsWhatWaitsAndTheRestIsToldToTryAgain() {
        store.shut();
        List<CompletableFuture<Written>> taken = new ArrayList<>();
        RefusedException refused = null;
        for (int i = 0; refused == null && i < 3 * Limits.QUEUED_BYTES / LARGE; i++) {
            CompletableFuture<Written> large =
                    submit(wish(CREATE, acme, robots, "r" + i, sections(Map.of("text", "x".repeat(LARGE)))));
            refused = refusalOf(large);
            if (refused == null) {
                taken.add(large);
            }
        }
        assertThat(refused).as("%s objects wait", taken.size()).isNotNull();
        if (refused != null) {
            assertThat(refused.reason()).isEqualTo(Reason.RATE_LIMITED);
            assertThat(refused.retryAfter()).isPositive();
        }
        store.open();
        taken.forEach(EngineFixture::await);
        assertThat(acme.revision()).isEqualTo(1 + taken.size());
        assertThat(await(submit(create("later"))).revision()).isEqualTo(2 + taken.size());
    }

    @Test
    void boundedIsWhatWaitsAlsoWhereItIsAllConditions() {
        fixture.write(create("r0"));
        ByteString large = ConditionSection.of("Large", "True", "Large", "x".repeat(30_000), 0, null)
                .value();
        List<ConditionSection> conditions = IntStream.range(0, 26)
                .mapToObj(i -> new ConditionSection("Large" + (char) ('A' + i), large))
                .toList();
        StatusSections status = new StatusSections(ByteString.EMPTY, OptionalLong.empty(), conditions);
        assertBounded(
                wish(UPDATE_STATUS, acme, robots, "r0", new ObjectSections("", "", MetaSections.EMPTY, null, status)));
    }

    @Test
    void boundedIsWhatABatchHoldsOnToAlsoWhereItIsRefused() {
        fixture.write(create("r0"));
        assertBounded(wish(CREATE, acme, robots, "r0", sections(Map.of("text", "x".repeat(LARGE)))));
    }

    /** Holds that of such a wish not many more wait than there is room for. */
    private void assertBounded(ObjectWrite wish) {
        store.shut();
        CompletableFuture<Written> first = submit(create("first"));
        store.awaitWrite();
        int most = 2 * Limits.QUEUED_BYTES / (LARGE - 200_000);
        List<CompletableFuture<Written>> waiting = new ArrayList<>();
        RefusedException refused = null;
        for (int i = 0; refused == null && i < most; i++) {
            waiting.add(submit(wish));
            refused = refusalOf(waiting.get(i));
        }
        assertThat(refused).as("%s wait", waiting.size()).isNotNull();
        store.open();
        await(first);
        waiting.forEach(answer -> answer.exceptionally(failure -> null).join());
    }

    @Test
    void anUndeleteThatCameInTimeLeavesNothingMarked() {
        Workspace berlin = fixture.create("root:acme:berlin");
        MetaSections held = MetaSections.EMPTY.withFinalizers(List.of("dock.example.com/leave"));
        fixture.write(wish(CREATE, berlin, robots, "r1", target(1).withMetadata(held)));
        Duration hour = Duration.ofHours(1);
        await(fixture.engine.deleteWorkspace(berlin.path(), WorkspaceDeletion.after(hour), null));
        fixture.pass(hour.minusSeconds(1));
        store.shut();
        CompletableFuture<Written> first = submit(create("first"));
        store.awaitWrite();
        CompletableFuture<Workspace> undeleted =
                fixture.engine.undeleteWorkspace(berlin.path()).toCompletableFuture();
        fixture.pass(Duration.ofSeconds(2));
        fixture.beginDeletionStep();
        store.open();
        assertThat(await(first).outcome()).isEqualTo(Written.Outcome.CREATED);
        assertThat(await(undeleted).termination()).isNull();
        fixture.finishDeletions();
        assertThat(fixture.get(berlin, robots, "r1").metadata().deletion()).isNull();
    }

    @Test
    void aDeletionThatChangesNothingIsNotRememberedWhateverIsWrittenBesideIt() {
        Workspace berlin = fixture.create("root:acme:berlin");
        await(fixture.engine.deleteWorkspace(berlin.path(), WorkspaceDeletion.after(Duration.ofHours(1)), null));
        UUID id = fixture.requestId(1);
        store.shut();
        CompletableFuture<Written> first = submit(create("first"));
        store.awaitWrite();
        CompletableFuture<Workspace> later = fixture.engine
                .deleteWorkspace(berlin.path(), WorkspaceDeletion.after(Duration.ofHours(2)), id)
                .toCompletableFuture();
        CompletableFuture<Written> beside = submit(create("beside"));
        store.awaitLooks(1);
        store.open();
        assertThat(await(first).outcome()).isEqualTo(Written.Outcome.CREATED);
        assertThat(await(later).termination()).isNotNull();
        assertThat(await(beside).outcome()).isEqualTo(Written.Outcome.CREATED);
        assertThat(await(fixture.engine.createWorkspace(WorkspacePath.parse("root:acme:paris"), id))
                        .path())
                .as("the id stands for nothing yet")
                .isEqualTo(WorkspacePath.parse("root:acme:paris"));
    }

    private static @Nullable RefusedException refusalOf(CompletableFuture<Written> written) {
        return written.isCompletedExceptionally()
                        && catchThrowable(written::join).getCause() instanceof RefusedException refused
                ? refused
                : null;
    }

    @Test
    void closeFinishesWhatIsQueued() {
        store.shut();
        List<CompletableFuture<Written>> queued =
                IntStream.range(0, 50).mapToObj(i -> submit(create("r" + i))).toList();
        store.awaitWrite();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(fixture.engine::close);
        store.open();
        await(closing);
        assertThat(queued).allMatch(each -> each.isDone() && !each.isCompletedExceptionally());
        assertThat(refusal(() -> await(submit(create("late"))))).isEqualTo(Reason.STOPPING);
    }

    private CompletableFuture<Written> submit(ObjectWrite wish) {
        return fixture.engine.write(wish).toCompletableFuture();
    }

    private ObjectWrite create(String name) {
        return wish(CREATE, acme, robots, name, target(1));
    }

    private static dev.proreus.workspace.canonical.ObjectSections target(int target) {
        return sections(Map.of("target", target));
    }
}
