package dev.proreus.workspace.engine;

import static dev.proreus.workspace.commit.ObjectWrite.Verb.APPLY;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.CREATE;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.DELETE;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.UPDATE;
import static dev.proreus.workspace.commit.ObjectWrite.Verb.UPDATE_STATUS;
import static dev.proreus.workspace.engine.EngineFixture.ROBOTS;
import static dev.proreus.workspace.engine.EngineFixture.at;
import static dev.proreus.workspace.engine.EngineFixture.await;
import static dev.proreus.workspace.engine.EngineFixture.refusal;
import static dev.proreus.workspace.engine.EngineFixture.refused;
import static dev.proreus.workspace.engine.EngineFixture.sections;
import static dev.proreus.workspace.engine.EngineFixture.status;
import static dev.proreus.workspace.engine.EngineFixture.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Place;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Usage;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.agent.Claim;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.commit.WorkspaceDeletion;
import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.tree.WorkspaceTree;
import dev.proreus.workspace.type.SystemTypes;
import dev.proreus.workspace.type.TypeDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How workspaces are deleted with all that lies below them, over any store. */
abstract class DeletionContract extends RobotsContract {
    private static final Keys KEYS = Keys.ofShard(0);
    private static final String DOCK = "dock.example.com/leave";
    private static final Duration HOUR = Duration.ofHours(1);

    private Workspace berlin = anyWorkspace();
    private Workspace mitte = anyWorkspace();

    private static Workspace anyWorkspace() {
        return new Workspace(
                new Place("root", 0), new UUID(0, 0), new UUID(0, 0), Instant.EPOCH, Workspace.Progress.NONE);
    }

    @BeforeEach
    void subtree() {
        berlin = fixture.create("root:acme:berlin");
        mitte = fixture.create("root:acme:berlin:mitte");
        create(berlin, "r1");
        create(mitte, "r1");
    }

    @Test
    void whatHoldsSomethingIsDeletedWhereTheRequestSaysHow() {
        RefusedException refusal = refused(() -> delete(berlin, WorkspaceDeletion.IF_EMPTY));
        assertThat(refusal.reason()).isEqualTo(Reason.WORKSPACE_NOT_EMPTY);
        assertThat(refusal.text()).contains("2 objects", "1 are child workspaces", "grace", "force");
        assertThat(delete(berlin, WorkspaceDeletion.after(Duration.ZERO)).gone())
                .as("nothing has to be waited for")
                .isTrue();
    }

    @Test
    void aSubtreeGoesInOneCommitOfItsParent() {
        long revision = acme.revision();
        long held = root().progress().subtree().objects();
        assertThat(delete(berlin, WorkspaceDeletion.FORCED).gone()).isTrue();
        assertThat(acme.revision()).isEqualTo(revision + 1);
        assertThat(root().progress().subtree().objects()).isEqualTo(held - 4);
        assertThat(acme.progress().subtree()).isEqualTo(acme.progress().own());
        for (Workspace each : List.of(berlin, mitte)) {
            assertThat(each.gone()).isTrue();
            assertThat(fixture.engine.workspaces().find(each.path())).isNull();
            assertThat(refusal(() -> fixture.get(each, robots, "r1"))).isEqualTo(Reason.WORKSPACE_DELETED);
            assertThat(refusal(() -> create(each, "r2"))).isEqualTo(Reason.WORKSPACE_DELETED);
        }
        Workspace again = fixture.create("root:acme:berlin");
        assertThat(again.uid()).isNotEqualTo(berlin.uid());
        assertThat(again.id()).isGreaterThan(mitte.id());
        assertThat(again.progress().own()).isEqualTo(Usage.NONE);
    }

    @Test
    void whileItIsTerminatingNothingNewIsTakenInAndEverythingElseGoesOn() {
        create(mitte, "r2", DOCK);
        fixture.write(wish(CREATE, mitte, robots, "doomed", sections(Map.of())));
        Workspace shown = delete(berlin, WorkspaceDeletion.after(HOUR));
        assertThat(shown.gone()).isFalse();
        assertThat(shown.termination()).isNotNull();
        assertThat(workspaceObject().metadata().deletion()).isNotNull();

        for (Workspace each : List.of(berlin, mitte)) {
            assertTerminating(() -> create(each, "new"));
            assertTerminating(() -> apply(each, "new", 1));
            assertTerminating(() -> apply(each, "r1", 9));
            assertTerminating(() -> fixture.create(each.path() + ":new"));
            assertTerminating(() -> fixture.defineRobots(each.path().text()));
            assertTerminating(() -> await(fixture.engine.openSession(each, "new", "i", "sdk", List.of())));
        }
        ObjectSections r2 = fixture.get(mitte, robots, "r2");
        assertTerminating(() -> replace(r2, DOCK, "bill.example.com/pay"));

        fixture.write(wish(UPDATE_STATUS, mitte, robots, "r1", status(Map.of("position", 3))));
        fixture.write(wish(DELETE, mitte, robots, "doomed", null));
        replace(r2);
        assertThat(fixture.get(mitte, robots, "r2").metadata().finalizerNames()).isEmpty();
        create(acme, "beside");
    }

    @Test
    void withinItsGraceADeletionIsTakenBack() {
        long generation = workspaceObject().metadata().generation();
        delete(berlin, WorkspaceDeletion.after(HOUR));
        fixture.pass(HOUR.minusSeconds(1));
        fixture.finishDeletions();
        undelete(berlin);
        assertThat(berlin.termination()).isNull();
        assertThat(workspaceObject().metadata().deletion()).isNull();
        assertThat(workspaceObject().metadata().generation()).isEqualTo(generation + 2);
        create(mitte, "r2");
        long revision = acme.revision();
        undelete(berlin);
        assertThat(acme.revision()).as("nothing to take back").isEqualTo(revision);
        fixture.pass(HOUR);
        fixture.finishDeletions();
        assertThat(mitte.gone()).isFalse();
    }

    /** A clock that goes back opens the grace again. */
    @Test
    void aDeletionThatIsTakenBackLeavesNothingToHurryFor() {
        fixture.writeTogether(600, i -> wish(APPLY, mitte, robots, "many-" + i, sections(Map.of("target", i))));
        create(mitte, "r2", DOCK);
        delete(berlin, WorkspaceDeletion.after(HOUR));
        fixture.pass(HOUR);
        fixture.deletionStep();
        assertThat(fixture.deletionRest()).as("there is more to look at").isLessThan(Duration.ofSeconds(1));
        fixture.pass(HOUR.negated());
        undelete(berlin);
        fixture.deletionStep();
        assertThat(fixture.deletionRest()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void afterItsGraceADeletionIsNotTakenBack() {
        create(mitte, "r2", DOCK);
        delete(berlin, WorkspaceDeletion.after(HOUR));
        fixture.pass(HOUR);
        RefusedException late = refused(() -> undelete(berlin));
        assertThat(late.reason()).isEqualTo(Reason.GRACE_ENDED);
        assertThat(berlin.gone()).isFalse();
        replace(fixture.get(mitte, robots, "r2"));
        fixture.finishDeletions();
        assertThat(berlin.gone()).isTrue();
        assertThat(refusal(() -> undelete(berlin))).isEqualTo(Reason.WORKSPACE_NOT_FOUND);
    }

    @Test
    void finalizersAreHonoured() {
        create(mitte, "r2", DOCK);
        create(berlin, "r2", DOCK);
        fixture.write(wish(DELETE, berlin, robots, "r2", null));
        Workspace shown = delete(berlin, WorkspaceDeletion.after(Duration.ZERO));
        assertThat(shown.gone()).isFalse();
        assertThat(fixture.get(mitte, robots, "r2").metadata().deletion()).isNull();
        fixture.deletionStep();
        ObjectSections marked = fixture.get(mitte, robots, "r2");
        assertThat(marked.metadata().deletion()).isNotNull();
        assertThat(fixture.get(mitte, robots, "r1").metadata().deletion())
                .as("who has nothing to do is not told")
                .isNull();
        fixture.deletionStep();
        assertThat(berlin.gone()).isFalse();
        replace(marked);
        fixture.deletionStep();
        assertThat(berlin.gone()).isFalse();
        replaceIn(berlin, fixture.get(berlin, robots, "r2"));
        fixture.deletionStep();
        assertThat(berlin.gone()).isTrue();
    }

    @Test
    void aResourceTypeWithFinalizersGoesTogetherWithItsObjects() {
        fixture.defineRobots("root:acme:berlin");
        MetaSections held = MetaSections.EMPTY.withFinalizers(List.of(DOCK));
        fixture.write(wish(
                APPLY,
                berlin,
                SystemTypes.RESOURCE_TYPES,
                ROBOTS,
                sections(EngineFixture.robotDefinition()).withMetadata(held)));
        TypeDefinition own = fixture.engine.types().resolve(berlin, "robots");
        fixture.write(wish(CREATE, berlin, own, "plain", sections(Map.of())));
        delete(berlin, WorkspaceDeletion.after(Duration.ZERO));
        fixture.deletionStep();
        fixture.deletionStep();
        assertThat(berlin.gone()).as("its finalizer is waited for").isFalse();
        ObjectSections type = fixture.get(berlin, SystemTypes.RESOURCE_TYPES, ROBOTS);
        assertThat(type.metadata().deletion())
                .as("whoever has to act learns of it")
                .isNotNull();
        ObjectSections freed = sections(EngineFixture.robotDefinition());
        fixture.write(at(
                wish(UPDATE, berlin, SystemTypes.RESOURCE_TYPES, ROBOTS, freed),
                "",
                type.metadata().resourceVersion(),
                "test",
                false));
        fixture.finishDeletions();
        assertThat(berlin.gone()).isTrue();
    }

    @Test
    void aGraceLastsAsLongAsItSaysThoughTheClockWentBack() {
        fixture.pass(HOUR);
        create(acme, "beside");
        fixture.pass(HOUR.negated());
        delete(berlin, WorkspaceDeletion.after(Duration.ofMinutes(30)));
        assertThat(undelete(berlin).termination()).isNull();
    }

    @Test
    void aSecondDeletionCanOnlyBringTheEndNearer() {
        create(mitte, "r2", DOCK);
        delete(berlin, WorkspaceDeletion.after(HOUR));
        long revision = acme.revision();
        assertThat(delete(berlin, WorkspaceDeletion.after(HOUR.multipliedBy(2))).termination())
                .isEqualTo(berlin.termination());
        assertThat(delete(berlin, WorkspaceDeletion.IF_EMPTY).termination()).isEqualTo(berlin.termination());
        delete(berlin, WorkspaceDeletion.after(Duration.ofMinutes(1)));
        fixture.pass(Duration.ofMinutes(1));
        assertThat(refusal(() -> undelete(berlin))).isEqualTo(Reason.GRACE_ENDED);
        assertThat(acme.revision()).as("none of it concerns the object").isEqualTo(revision);
        assertThat(delete(berlin, WorkspaceDeletion.FORCED).gone()).isTrue();
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThat(refusal(() -> WorkspaceDeletion.after(Duration.ofMillis(-1))))
                .isEqualTo(Reason.BAD_REQUEST);
        assertThat(refusal(() -> WorkspaceDeletion.after(Limits.GRACE_MAX.plusNanos(1))))
                .isEqualTo(Reason.BAD_REQUEST);
        assertThat(refusal(() -> new WorkspaceDeletion(HOUR, true))).isEqualTo(Reason.BAD_REQUEST);
        assertThat(refusal(() ->
                        await(fixture.engine.deleteWorkspace(WorkspacePath.ROOT, WorkspaceDeletion.FORCED, null))))
                .isEqualTo(Reason.BAD_REQUEST);
        assertThat(refusal(() -> await(fixture.engine.undeleteWorkspace(WorkspacePath.parse("root:none")))))
                .isEqualTo(Reason.WORKSPACE_NOT_FOUND);
    }

    @Test
    void whatIsGoneIsReclaimedAndItsRowWhenHistoryNoLongerNamesIt() {
        fixture.writeTogether(600, i -> wish(APPLY, mitte, robots, "many-" + i, sections(Map.of("target", i))));
        assertThat(rows(mitte)).isGreaterThan(1_000);
        delete(berlin, WorkspaceDeletion.FORCED);
        fixture.finishDeletions();
        assertThat(rows(berlin)).isZero();
        assertThat(rows(mitte)).isZero();
        assertThat(rows(acme)).isPositive();
        assertThat(life(mitte)).isInstanceOf(WorkspaceRow.Active.class);
        assertThat(life(berlin)).isInstanceOf(WorkspaceRow.Gone.class);
        fixture.pass(Limits.RETENTION.age().multipliedBy(2));
        fixture.trim();
        fixture.finishDeletions();
        assertThat(life(mitte)).isNull();
        assertThat(life(berlin)).isNull();
        assertThat(fixture.create("root:acme:berlin").id()).isGreaterThan(mitte.id());
    }

    @Test
    void reclaimingLeavesAloneWhatLiesBetweenAndWhatCameToTheSamePlace() {
        Workspace paris = fixture.create("root:acme:paris");
        create(paris, "r1");
        Workspace wedding = fixture.create("root:acme:berlin:wedding");
        for (Workspace each : List.of(mitte, wedding)) {
            fixture.writeTogether(600, i -> wish(APPLY, each, robots, "many-" + i, sections(Map.of("target", i))));
        }
        WorkspaceTree tree = fixture.engine.workspaces();
        delete(berlin, WorkspaceDeletion.FORCED);
        assertThat(tree.find(wedding.path())).isNull();
        assertThat(tree.byId(wedding.id())).isNull();
        assertThat(tree.below(acme.path(), true, "", 10)).containsExactly(acme, paris);
        assertThat(tree.place(wedding.id())).as("its last events may be read").isNotNull();
        Workspace again = fixture.create("root:acme:berlin");
        create(again, "r1");
        fixture.finishDeletions();
        assertThat(tree.place(wedding.id())).isNull();
        assertThat(rows(mitte) + rows(wedding)).isZero();
        assertThat(rows(paris)).isPositive();
        assertThat(rows(again)).isPositive();
        assertThat(tree.below(acme.path(), true, "", 10)).containsExactly(acme, tree.at(again.path()), paris);
        AtomicLong bytes = new AtomicLong();
        tree.forEach(each -> bytes.addAndGet(each.historyBytes()));
        assertThat(tree.historyBytes()).isEqualTo(bytes.get());
    }

    @Test
    void whatWasLeftByARestartIsFinishedAfterIt() {
        TypeDefinition own = fixture.defineRobots("root:acme:berlin:mitte");
        fixture.write(wish(CREATE, mitte, own, "r3", sections(Map.of())));
        await(fixture.engine.openSession(
                mitte, "fleet", "i1", "sdk", List.of(new Claim(own.id(), Claim.Kind.NAME, "r3"))));
        create(acme, "r1");
        Workspace paris = fixture.create("root:acme:paris");
        create(paris, "r1", DOCK);
        delete(paris, WorkspaceDeletion.after(Duration.ZERO));
        delete(berlin, WorkspaceDeletion.FORCED);
        reopen();
        assertThat(fixture.engine.workspaces().find(mitte.path())).isNull();
        assertThat(fixture.engine.workspaces().find(berlin.path())).isNull();
        assertThat(fixture.engine.agents().connected()).isEmpty();
        assertThat(fixture.engine.types().byId(own.id())).isNull();
        assertThat(rows(mitte)).isPositive();
        fixture.deletionStep();
        assertThat(rows(mitte)).isZero();
        Workspace reopened = fixture.workspace("root:acme:paris");
        assertTerminating(() -> create(reopened, "r2"));
        replaceIn(reopened, fixture.get(reopened, robots, "r1"));
        fixture.finishDeletions();
        assertThat(reopened.gone()).isTrue();
        assertThat(rows(reopened)).isZero();
    }

    private void reopen() {
        Duration passed = fixture.passed();
        fixture.close();
        fixture = new EngineFixture(store, 8);
        fixture.pass(passed);
        acme = fixture.workspace("root:acme");
        robots = fixture.engine.types().resolve(acme, "robots");
    }

    private void assertTerminating(Supplier<?> call) {
        RefusedException refusal = refused(call);
        assertThat(refusal.reason()).isEqualTo(Reason.WORKSPACE_TERMINATING);
        assertThat(refusal.text()).contains("is being deleted");
    }

    private Workspace root() {
        return fixture.workspace("root");
    }

    private Workspace delete(Workspace workspace, WorkspaceDeletion how) {
        return await(fixture.engine.deleteWorkspace(workspace.path(), how, null));
    }

    private Workspace undelete(Workspace workspace) {
        return await(fixture.engine.undeleteWorkspace(workspace.path()));
    }

    private Object create(Workspace in, String name, String... finalizers) {
        MetaSections metadata = MetaSections.EMPTY.withFinalizers(List.of(finalizers));
        return fixture.write(
                wish(CREATE, in, robots, name, sections(Map.of("target", 1)).withMetadata(metadata)));
    }

    private Object apply(Workspace in, String name, int target) {
        return fixture.write(wish(APPLY, in, robots, name, sections(Map.of("target", target))));
    }

    /** Replaces the finalizers of an object in the workspace of the bottom. */
    private Object replace(ObjectSections read, String... finalizers) {
        return replaceIn(mitte, read, finalizers);
    }

    private Object replaceIn(Workspace in, ObjectSections read, String... finalizers) {
        MetaSections metadata = MetaSections.EMPTY.withFinalizers(List.of(finalizers));
        ObjectSections wanted = sections(Map.of("target", 1)).withMetadata(metadata);
        String name = read.metadata().name();
        return fixture.write(
                at(wish(UPDATE, in, robots, name, wanted), "", read.metadata().resourceVersion(), "test", false));
    }

    private ObjectSections workspaceObject() {
        return fixture.get(acme, SystemTypes.WORKSPACES, "berlin");
    }

    private int rows(Workspace workspace) {
        int rows = 0;
        for (Table table : List.of(Table.HEAD, Table.VERSION, Table.LOG, Table.INDEX)) {
            try (Cursor cursor = store.cursor(table, KEYS.ranges().allOfWorkspace(workspace.id()))) {
                for (; cursor.valid(); cursor.next()) {
                    rows++;
                }
            }
        }
        return rows;
    }

    private WorkspaceRow.@Nullable Life life(Workspace workspace) {
        byte[] row = store.get(Table.META, KEYS.workspace(workspace.id()));
        return row == null ? null : WorkspaceRow.decode(row).life();
    }
}
