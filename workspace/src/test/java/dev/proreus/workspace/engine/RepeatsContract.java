package dev.proreus.workspace.engine;

import static dev.proreus.workspace.commit.ObjectWrite.Verb.APPLY;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.CREATE;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.DELETE;
import static dev.proreus.workspace.engine.EngineFixture.await;
import static dev.proreus.workspace.engine.EngineFixture.refused;
import static dev.proreus.workspace.engine.EngineFixture.sections;
import static dev.proreus.workspace.engine.EngineFixture.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.canonical.MetaField;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.commit.ObjectWrite;
import dev.proreus.workspace.commit.ObjectWrites;
import dev.proreus.workspace.commit.Receipt;
import dev.proreus.workspace.commit.WorkspaceDeletion;
import dev.proreus.workspace.commit.Written;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.KeyRanges;
import dev.proreus.workspace.tree.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Requests with ids, and dry runs, over any store. */
abstract class RepeatsContract extends RobotsContract {
    @Test
    void aRepeatAnswersWhatTheFirstDidAndDoesNothing() {
        fixture.write(create("gone", 0));
        UUID id = fixture.requestId(1);
        ObjectWrite[] wishes = {create("r1", 1), apply("r2", 2), wish(DELETE, acme, robots, "gone", null)};
        Receipt first = write(id, wishes);
        fixture.write(apply("r1", 9));
        fixture.write(wish(DELETE, acme, robots, "r2", null));
        long head = acme.revision();
        Receipt again = write(id, wishes);
        assertThat(again.repeated()).isTrue();
        assertThat(again.revision()).isEqualTo(first.revision());
        assertThat(again.list()).isEqualTo(first.list());
        assertThat(acme.revision()).isEqualTo(head);
    }

    @Test
    void durableARepeatAfterAStartAnswersWhatTheFirstDid() {
        UUID id = fixture.requestId(1);
        ObjectWrite[] wishes = {create("r1", 1), apply("r2", 2)};
        Receipt first = write(id, wishes);
        close();
        store = openStore();
        fixture = new EngineFixture(store, 8);
        acme = fixture.engine.workspaces().at(WorkspacePath.parse("root:acme"));
        Receipt again = write(id, wishes);
        assertThat(again.repeated()).isTrue();
        assertThat(again.revision()).isEqualTo(first.revision());
        assertThat(again.list()).isEqualTo(first.list());
        assertThat(acme.revision()).isEqualTo(first.revision());
    }

    @Test
    void repeatsAtTheSameMomentHappenOnce() {
        UUID id = fixture.requestId(1);
        List<CompletableFuture<Receipt>> racing = IntStream.range(0, 20)
                .mapToObj(i -> submit(id, create("r1", 1)).toCompletableFuture())
                .toList();
        List<Receipt> answers = racing.stream().map(EngineFixture::await).toList();
        assertThat(answers)
                .extracting(Receipt::list)
                .containsOnly(answers.get(0).list());
        assertThat(answers).filteredOn(answer -> !answer.repeated()).hasSize(1);
        assertThat(acme.revision()).isEqualTo(1);
    }

    @Test
    void aGeneratedNameIsThatOfTheFirstRequest() {
        MetaSections nameless = MetaSections.EMPTY.with(MetaField.GENERATE_NAME, "robot-");
        ObjectWrite create = wish(CREATE, acme, robots, "", target(1).withMetadata(nameless));
        UUID id = fixture.requestId(1);
        assertThat(write(id, create).list()).isEqualTo(write(id, create).list());
        assertThat(acme.objects()).isEqualTo(1);
    }

    @Test
    void anIdWithOtherContentIsRefused() {
        UUID id = fixture.requestId(1);
        write(id, create("r1", 1));
        for (ObjectWrite other : List.of(create("r1", 2), create("r2", 1), apply("r1", 1))) {
            RefusedException refusal = refused(() -> write(id, other));
            assertThat(refusal.reason()).isEqualTo(Reason.BAD_REQUEST);
            assertThat(refusal.violations()).singleElement().extracting("field").isEqualTo("request_id");
        }
        Workspace globex = fixture.create("root:globex");
        ObjectWrite elsewhere = wish(CREATE, globex, robots, "r1", target(3));
        Receipt receipt =
                await(fixture.engine.write(new ObjectWrites(globex.id(), List.of(elsewhere), false, false, id)));
        assertThat(receipt.repeated()).isFalse();
    }

    @Test
    void idsAreHonouredForTenMinutesAndThenRefused() {
        UUID id = fixture.requestId(1);
        Receipt first = write(id, create("r1", 1));
        fixture.pass(Limits.REQUEST_ID_AGE.minusSeconds(1));
        assertThat(write(id, create("r1", 1)).list()).isEqualTo(first.list());
        fixture.pass(Duration.ofSeconds(2));
        assertThat(refused(() -> write(id, create("r1", 1))).reason()).isEqualTo(Reason.REQUEST_ID_EXPIRED);
        UUID early = EngineFixture.requestId(java.time.Instant.ofEpochMilli(0), 1);
        assertThat(refused(() -> write(early, create("r2", 1))).reason()).isEqualTo(Reason.REQUEST_ID_EXPIRED);
        UUID late = EngineFixture.requestId(java.time.Instant.ofEpochMilli(1_900_000_000_000L), 1);
        assertThat(refused(() -> write(late, create("r2", 1))).reason()).isEqualTo(Reason.BAD_REQUEST);
        assertThat(acme.objects()).isEqualTo(1);
    }

    @Test
    void whatChangedNothingIsJudgedAnew() {
        UUID id = fixture.requestId(1);
        assertThat(refused(() -> write(id, wish(DELETE, acme, robots, "r1", null)))
                        .reason())
                .isEqualTo(Reason.OBJECT_NOT_FOUND);
        fixture.write(create("r1", 1));
        assertThat(write(id, wish(DELETE, acme, robots, "r1", null)).list())
                .extracting(Written::outcome)
                .containsExactly(Written.Outcome.DELETED);
    }

    @Test
    void expiredAnswersAreRemoved() {
        for (int i = 0; i < 50; i++) {
            write(fixture.requestId(i), create("r" + i, i));
        }
        assertThat(answersKept()).isEqualTo(50);
        fixture.pass(Limits.REQUEST_ID_AGE.multipliedBy(3));
        write(fixture.requestId(99), create("late", 1));
        assertThat(answersKept()).isEqualTo(1);
    }

    @Test
    void aDryRunAnswersWhatItWouldDoAndWritesNothing() {
        ObjectSections made =
                ObjectSections.decode(dryRun(create("r1", 1)).list().get(0).object());
        assertThat(made.kind()).isEqualTo("Robot");
        assertThat(made.metadata().resourceVersion()).isZero();
        assertThat(made.metadata().generation()).isEqualTo(1);
        assertThat(made.metadata().uid()).hasSize(36);
        assertThat(acme.revision()).isZero();
        Written real = fixture.write(create("r1", 1));
        Written changed = dryRun(apply("r1", 2)).list().get(0);
        assertThat(changed.outcome()).isEqualTo(Written.Outcome.UPDATED);
        assertThat(changed.revision()).isEqualTo(real.revision());
        assertThat(ObjectSections.decode(changed.object()).metadata().generation())
                .isEqualTo(2);
        assertThat(ObjectSections.decode(changed.object()).metadata().resourceVersion())
                .isEqualTo(real.revision());
        assertThat(dryRun(wish(DELETE, acme, robots, "r1", null)).list().get(0).outcome())
                .isEqualTo(Written.Outcome.DELETED);
        assertThat(refused(() -> dryRun(create("r1", 1))).reason()).isEqualTo(Reason.ALREADY_EXISTS);
        assertThat(acme.revision()).isEqualTo(1);
        assertThat(fixture.get(acme, robots, "r1").encode()).isEqualTo(real.object());
        assertThat(answersKept()).isZero();
    }

    @Test
    void aDryRunIsJudgedByItsIdAsTheWriteWouldBe() {
        UUID id = fixture.requestId(1);
        assertThat(dryRun(id, create("r1", 1)).repeated()).isFalse();
        Receipt first = write(id, create("r1", 1));
        assertThat(first.repeated()).as("a dry run uses no id up").isFalse();
        fixture.write(apply("r1", 9));
        Receipt again = dryRun(id, create("r1", 1));
        assertThat(again.repeated()).isTrue();
        assertThat(again.revision()).isEqualTo(first.revision());
        assertThat(again.list()).isEqualTo(first.list());
        RefusedException other = refused(() -> dryRun(id, create("r2", 1)));
        assertThat(other.reason()).isEqualTo(Reason.BAD_REQUEST);
        assertThat(other.violations()).singleElement().extracting("field").isEqualTo("request_id");
        fixture.pass(Limits.REQUEST_ID_AGE.plusSeconds(1));
        for (ObjectWrite wish : List.of(create("r1", 1), create("r2", 1))) {
            assertThat(refused(() -> dryRun(id, wish)).reason()).isEqualTo(Reason.REQUEST_ID_EXPIRED);
        }
        assertThat(acme.revision()).isEqualTo(2);
    }

    @Test
    void aRepeatedCreationAnswersTheWorkspaceAsItWasMade() {
        UUID id = fixture.requestId(1);
        WorkspacePath path = WorkspacePath.parse("root:acme:berlin");
        Workspace made = await(fixture.engine.createWorkspace(path, id));
        Workspace.Progress first = made.progress();
        fixture.write(wish(CREATE, made, robots, "r1", target(1)));
        Workspace again = await(fixture.engine.createWorkspace(path, id));
        assertThat(again.uid()).isEqualTo(made.uid());
        assertThat(again.incarnation()).isEqualTo(made.incarnation());
        assertThat(again.created()).isEqualTo(made.created());
        assertThat(again.progress()).isEqualTo(first);
        assertThat(refused(() -> await(fixture.engine.createWorkspace(path, fixture.requestId(2))))
                        .reason())
                .isEqualTo(Reason.ALREADY_EXISTS);
        fixture.write(wish(DELETE, made, robots, "r1", null));
        await(fixture.engine.deleteWorkspace(path, WorkspaceDeletion.IF_EMPTY, fixture.requestId(3)));
        assertThat(await(fixture.engine.createWorkspace(path, id)).uid()).isEqualTo(made.uid());
        assertThat(fixture.engine.workspaces().find(path)).isNull();
        assertThat(acme.revision()).isEqualTo(2);
    }

    @Test
    void aRepeatedDeletionAnswersTheWorkspaceAsItLastWas() {
        WorkspacePath path = WorkspacePath.parse("root:acme:berlin");
        Workspace doomed = fixture.create("root:acme:berlin");
        fixture.write(wish(CREATE, doomed, robots, "r1", target(1)));
        fixture.write(wish(DELETE, doomed, robots, "r1", null));
        UUID id = fixture.requestId(1);
        Workspace last = await(fixture.engine.deleteWorkspace(path, WorkspaceDeletion.IF_EMPTY, id));
        fixture.create("root:acme:berlin");
        Workspace again = await(fixture.engine.deleteWorkspace(path, WorkspaceDeletion.IF_EMPTY, id));
        assertThat(again.uid()).isEqualTo(doomed.uid());
        assertThat(again.progress()).isEqualTo(last.progress());
        assertThat(fixture.engine.workspaces().find(path)).isNotNull();
        await(fixture.engine.deleteWorkspace(path, WorkspaceDeletion.IF_EMPTY, fixture.requestId(2)));
        assertThat(await(fixture.engine.deleteWorkspace(path, WorkspaceDeletion.IF_EMPTY, id))
                        .uid())
                .isEqualTo(doomed.uid());
        for (UUID other : new UUID[] {null, fixture.requestId(3)}) {
            assertThat(refused(() -> await(fixture.engine.deleteWorkspace(path, WorkspaceDeletion.IF_EMPTY, other)))
                            .reason())
                    .isEqualTo(Reason.WORKSPACE_NOT_FOUND);
        }
    }

    @Test
    void repeatedDeletionsAtTheSameMomentHappenOnce() {
        WorkspacePath path = WorkspacePath.parse("root:acme:berlin");
        fixture.create("root:acme:berlin");
        UUID id = fixture.requestId(1);
        List<CompletableFuture<Workspace>> racing = IntStream.range(0, 20)
                .mapToObj(i -> fixture.engine
                        .deleteWorkspace(path, WorkspaceDeletion.IF_EMPTY, id)
                        .toCompletableFuture())
                .toList();
        assertThat(racing.stream().map(EngineFixture::await).map(Workspace::uid).distinct())
                .hasSize(1);
        assertThat(acme.revision()).isEqualTo(2);
    }

    @Test
    void anIdOfAWorkspaceIsOneOfTheRequestsOfItsParent() {
        WorkspacePath path = WorkspacePath.parse("root:acme:berlin");
        UUID id = fixture.requestId(1);
        await(fixture.engine.createWorkspace(path, id));
        WorkspacePath sister = WorkspacePath.parse("root:acme:bonn");
        assertThat(refused(() -> await(fixture.engine.createWorkspace(sister, id)))
                        .reason())
                .isEqualTo(Reason.BAD_REQUEST);
        assertThat(refused(() -> await(fixture.engine.deleteWorkspace(path, WorkspaceDeletion.IF_EMPTY, id)))
                        .reason())
                .isEqualTo(Reason.BAD_REQUEST);
        assertThat(refused(() -> write(id, create("r1", 1))).reason()).isEqualTo(Reason.BAD_REQUEST);
        fixture.pass(Limits.REQUEST_ID_AGE.plusSeconds(1));
        assertThat(refused(() -> await(fixture.engine.createWorkspace(path, id)))
                        .reason())
                .isEqualTo(Reason.REQUEST_ID_EXPIRED);
        assertThat(refused(() -> await(fixture.engine.deleteWorkspace(path, WorkspaceDeletion.IF_EMPTY, id)))
                        .reason())
                .isEqualTo(Reason.REQUEST_ID_EXPIRED);
    }

    @Test
    void aRestartRemembersWorkspacesMadeAndDeleted() {
        WorkspacePath path = WorkspacePath.parse("root:acme:berlin");
        UUID made = fixture.requestId(1);
        UUID deleted = fixture.requestId(2);
        Workspace first = await(fixture.engine.createWorkspace(path, made));
        await(fixture.engine.deleteWorkspace(path, WorkspaceDeletion.IF_EMPTY, deleted));
        fixture.close();
        fixture = new EngineFixture(store, 8);
        Workspace again = await(fixture.engine.createWorkspace(path, made));
        assertThat(again.uid()).isEqualTo(first.uid());
        assertThat(again.path()).isEqualTo(path);
        assertThat(await(fixture.engine.deleteWorkspace(path, WorkspaceDeletion.IF_EMPTY, deleted))
                        .uid())
                .isEqualTo(first.uid());
        assertThat(fixture.engine.workspaces().find(path)).isNull();
    }

    private long answersKept() {
        long kept = 0;
        try (var cursor = store.cursor(Table.DEDUP, KeyRanges.everything())) {
            for (; cursor.valid(); cursor.next()) {
                kept++;
            }
        }
        return kept;
    }

    private Receipt dryRun(ObjectWrite wish) {
        return dryRun(fixture.requestId(7), wish);
    }

    private Receipt dryRun(UUID id, ObjectWrite wish) {
        return await(fixture.engine.write(new ObjectWrites(acme.id(), List.of(wish), false, true, id)));
    }

    private java.util.concurrent.CompletionStage<Receipt> submit(UUID id, ObjectWrite... wishes) {
        return fixture.engine.write(new ObjectWrites(acme.id(), List.of(wishes), wishes.length > 1, false, id));
    }

    private Receipt write(UUID id, ObjectWrite... wishes) {
        return await(submit(id, wishes));
    }

    private ObjectWrite create(String name, int target) {
        return wish(CREATE, acme, robots, name, target(target));
    }

    private ObjectWrite apply(String name, int target) {
        return wish(APPLY, acme, robots, name, target(target));
    }

    private static ObjectSections target(int target) {
        return sections(Map.of("target", target));
    }
}
