package dev.proreus.workspace.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.proreus.workspace.Change;
import dev.proreus.workspace.ChangeKind;
import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Quota;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Retention;
import dev.proreus.workspace.Sections;
import dev.proreus.workspace.WorkspaceGone;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.store.StoreBatch;
import dev.proreus.workspace.store.StoreCorruptException;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.rows.StoreFormat;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import dev.proreus.workspace.tree.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The coming, changing and going of workspaces, as the state machine does it and as a start finds it again. */
class WorkspaceCommandsTest {
    private static final Instant NOW = StateMachine.NOW;

    private final StateMachine machine = new StateMachine();

    @Test
    void aWorkspaceIsAnObjectOfItsParentWithTheTimeAndTheUidOfItsCommand() {
        long acme = create(1, "acme");
        Change change = machine.publications(Change.class).get(0);
        ObjectSections object = ObjectSections.decode(change.object());
        assertThat(object.kind()).isEqualTo("Workspace");
        assertThat(object.metadata().name()).isEqualTo("acme");
        assertThat(object.metadata().generation()).isEqualTo(1);
        assertThat(object.metadata().creation()).isEqualTo(NOW);
        assertThat(machine.published.tree().byId(acme)).satisfies(made -> {
            assertThat(Objects.requireNonNull(made).uid().toString())
                    .isEqualTo(object.metadata().uid());
            assertThat(made.created()).isEqualTo(NOW);
            assertThat(made.revision()).isZero();
        });
    }

    @Test
    void boundedIsTheDepthOfTheTree() {
        long parent = 1;
        for (int depth = 2; depth <= Limits.TREE_DEPTH; depth++) {
            parent = create(parent, "w" + depth);
        }
        long deepest = parent;
        RefusedException refusal = refused(creation(deepest, "deeper"));
        assertThat(refusal.reason()).isEqualTo(Reason.BAD_REQUEST);
        assertThat(refusal.metadata()).containsKey("workspace");
    }

    @Test
    void ofSeveralChildrenWhicheverGoesTheOthersStayAndCount() {
        for (int gone = 0; gone < 3; gone++) {
            String top = "top" + gone;
            long parent = create(1, top);
            List<Long> children = new ArrayList<>();
            for (String name : List.of("a", "b", "c")) {
                children.add(create(parent, name));
            }
            long doomed = children.remove(gone);
            machine.apply(deletion(parent, List.of("a", "b", "c").get(gone), doomed, WorkspaceDeletion.FORCED));
            WorkspaceState state = machine.loaded.state().workspace(parent);
            List<Long> left = new ArrayList<>();
            state.forEachInSubtree(each -> left.add(each.id()));
            assertThat(left.get(0)).isEqualTo(parent);
            assertThat(left.subList(1, 3)).containsExactlyInAnyOrderElementsOf(children);
            assertThat(state.children()).isEqualTo(2);
            machine.apply(deletion(1, top, parent, WorkspaceDeletion.FORCED));
            List<WorkspaceGone> word = machine.publications(WorkspaceGone.class);
            assertThat(word).singleElement().satisfies(each -> {
                assertThat(each.workspaceId()).isEqualTo(parent);
                assertThat(each.all()).hasSize(3).startsWith(parent).containsAll(children);
                assertThat(each.sequence())
                        .isEqualTo(machine.published.sequence().get());
            });
        }
    }

    @Test
    void theRootStays() {
        assertThatThrownBy(() -> machine.loaded.state().workspace(1).leave()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatLiesBelowCountsAboveUntilItGoes() {
        long acme = create(1, "acme");
        create(acme, "berlin");
        WorkspaceState root = machine.loaded.state().workspace(1);
        assertThat(root.subtree().objects()).isEqualTo(2);
        assertThat(machine.root().progress().subtree()).isEqualTo(root.subtree());
        machine.apply(deletion(1, "acme", acme, WorkspaceDeletion.FORCED));
        assertThat(root.subtree().objects()).isZero();
        assertThat(root.subtree().bytes()).isZero();
        assertThat(root.children()).isZero();
        assertThat(machine.root().progress().subtree()).isEqualTo(root.subtree());
    }

    @Test
    void aMarkedWorkspaceShowsItInItsObjectAndNoLongerWhenThatIsTakenBack() {
        long acme = create(1, "acme");
        Workspace marked =
                (Workspace) machine.apply(deletion(1, "acme", acme, WorkspaceDeletion.after(Duration.ofHours(1))));
        assertThat(marked.termination()).isNotNull();
        Change mark = machine.publications(Change.class).get(0);
        assertThat(mark.kind()).isEqualTo(ChangeKind.MODIFIED);
        assertThat(mark.sections()).isEqualTo(Sections.METADATA);
        assertThat(ObjectSections.decode(mark.object()).metadata().deletion()).isEqualTo(NOW);
        assertThat(ObjectSections.decode(mark.object()).metadata().generation()).isEqualTo(2);
        machine.apply(new Command.EndWorkspace(acme, NOW));
        assertThat(machine.publications()).as("its grace lasts").isEmpty();
        machine.apply(new Command.UndeleteWorkspace(acme, NOW));
        Change unmarked = machine.publications(Change.class).get(0);
        assertThat(ObjectSections.decode(unmarked.object()).metadata().deletion())
                .isNull();
        machine.apply(new Command.UndeleteWorkspace(acme, NOW));
        assertThat(machine.publications()).as("there is nothing to take back").isEmpty();
        machine.apply(new Command.EndWorkspace(acme, NOW.plus(Duration.ofDays(1))));
        assertThat(machine.publications()).as("it is not being deleted").isEmpty();
    }

    @Test
    void whatGoesWithTheOneAboveItIsNotTakenBackAlone() {
        long acme = create(1, "acme");
        long berlin = create(acme, "berlin");
        machine.apply(deletion(acme, "berlin", berlin, WorkspaceDeletion.after(Duration.ofHours(1))));
        machine.apply(deletion(1, "acme", acme, WorkspaceDeletion.after(Duration.ofHours(1))));
        RefusedException refusal = refused(new Command.UndeleteWorkspace(berlin, NOW));
        assertThat(refusal.reason()).isEqualTo(Reason.WORKSPACE_TERMINATING);
        assertThat(refusal.metadata()).containsEntry("workspace", "root:acme");
        machine.apply(new Command.UndeleteWorkspace(acme, NOW));
        Workspace back = (Workspace) machine.apply(new Command.UndeleteWorkspace(berlin, NOW));
        assertThat(back.termination()).isNull();
    }

    @Test
    void aDeletionThatSaysNothingOfGraceLeavesTheOneThatIsUnderWayAsItIs() {
        long acme = create(1, "acme");
        Workspace marked =
                (Workspace) machine.apply(deletion(1, "acme", acme, WorkspaceDeletion.after(Duration.ofHours(1))));
        Workspace again = (Workspace) machine.apply(deletion(1, "acme", acme, WorkspaceDeletion.IF_EMPTY));
        assertThat(again.gone()).isFalse();
        assertThat(again.termination()).isEqualTo(marked.termination());
        assertThat(machine.publications()).isEmpty();
    }

    @Test
    void anUpdateChangesWhatItSaysAndKeepsTheRest() {
        Workspace changed = update(new WorkspaceUpdate(Duration.ofMinutes(5), null, 10L, null, null, 90L));
        assertThat(changed.ownRetention()).isEqualTo(new Retention(Duration.ofMinutes(5), 0));
        assertThat(changed.progress().quotas().own()).isEqualTo(new Quota(10, 0));
        assertThat(changed.progress().quotas().subtree()).isEqualTo(new Quota(0, 90));
        Workspace more = update(new WorkspaceUpdate(null, 7L, null, 20L, 80L, null));
        assertThat(more.ownRetention()).isEqualTo(new Retention(Duration.ofMinutes(5), 7));
        assertThat(more.progress().quotas().own()).isEqualTo(new Quota(10, 20));
        assertThat(more.progress().quotas().subtree()).isEqualTo(new Quota(80, 90));
        assertThat(machine.root().progress()).as("and it is published").isEqualTo(more.progress());
        assertThat(machine.root().revision()).as("it takes no revision").isZero();
        Batch.Sealed same = machine.sealed(
                new Command.UpdateWorkspace(1, new WorkspaceUpdate(null, null, null, null, null, null), NOW));
        assertThat(same.isEmpty()).isTrue();
    }

    @Test
    void aFloorRisesToWhatIsPublishedAndNeverFalls() {
        create(1, "a");
        create(1, "b");
        RefusedException refusal = refused(new Command.RaiseFloor(1, 3, 3, 10, NOW));
        assertThat(refusal.reason()).isEqualTo(Reason.REVISION_NOT_REACHED);
        assertThat(refusal.metadata()).containsEntry("revision", "2");
        machine.apply(new Command.RaiseFloor(1, 2, 2, 10, NOW));
        assertThat(machine.root().floor()).isEqualTo(2);
        assertThat(machine.root().subtreeFloor()).isEqualTo(2);
        for (long floor : new long[] {1, 2}) {
            assertThat(machine.sealed(new Command.RaiseFloor(1, floor, floor, 5, NOW))
                            .isEmpty())
                    .isTrue();
        }
        assertThat(machine.root().floor()).isEqualTo(2);
        assertThat(machine.root().revision()).isEqualTo(2);
    }

    @Test
    void whatIsGoneIsFoundAgainTogetherInTheOrderInWhichItWent() {
        long first = create(1, "first");
        long below = create(first, "below");
        long second = create(1, "second");
        long stays = create(1, "stays");
        machine.apply(deletion(1, "second", second, WorkspaceDeletion.FORCED));
        long earlier = machine.published.sequence().get();
        machine.apply(deletion(1, "first", first, WorkspaceDeletion.FORCED));
        long later = machine.published.sequence().get();

        Loaded again = again();
        assertThat(again.gone())
                .containsExactly(
                        new WorkspaceGone(earlier, second, List.of(second)),
                        new WorkspaceGone(later, first, List.of(first, below)));
        assertThat(again.published().tree().byId(stays)).isNotNull();
        assertThat(again.published().tree().byId(first)).isNull();
        assertThat(again.published().sequence()).hasValue(later);
        assertThat(again.state().workspace(1).children()).isEqualTo(1);
        assertThat(again.published().tree().at(WorkspacePath.ROOT).progress())
                .isEqualTo(machine.root().progress());
    }

    @Test
    void theRootOfAFreshStoreIsDurableAndKeepsItsIdentity() {
        Workspace root = again().published().tree().at(WorkspacePath.ROOT);
        assertThat(root.uid()).isEqualTo(machine.root().uid());
        assertThat(root.incarnation()).isEqualTo(machine.root().incarnation());
    }

    @Test
    void aWorkspaceWithoutItsParentIsCorrupt() {
        long acme = create(1, "acme");
        long berlin = create(acme, "berlin");
        StoreBatch batch = new StoreBatch();
        batch.delete(Table.META, machine.keys.workspace(acme));
        machine.store.write(batch);
        assertThatThrownBy(this::again)
                .isInstanceOf(StoreCorruptException.class)
                .hasMessageContaining("berlin");
        assertThat(berlin).isGreaterThan(acme);
    }

    private Loaded again() {
        Map<Long, WorkspaceRow> rows = new TreeMap<>();
        for (long id = 1; id < 20; id++) {
            byte[] row = machine.store.get(Table.META, machine.keys.workspace(id));
            if (row != null) {
                rows.put(id, WorkspaceRow.decode(row));
            }
        }
        return Loaded.from(
                machine.keys,
                machine.store,
                StoreFormat.establish(machine.store, new SplittableRandom(2)),
                rows,
                NOW,
                () -> new UUID(4, 4));
    }

    private long create(long parent, String name) {
        return ((Workspace) machine.apply(creation(parent, name))).id();
    }

    private static Command creation(long parent, String name) {
        UUID uid = new UUID(parent, name.hashCode());
        return new Command.CreateWorkspace(parent, name, uid, uid, null, NOW);
    }

    private static Command deletion(long parent, String name, long id, WorkspaceDeletion how) {
        return new Command.DeleteWorkspace(parent, name, id, how, null, NOW);
    }

    private Workspace update(WorkspaceUpdate update) {
        return (Workspace) machine.apply(new Command.UpdateWorkspace(1, update, NOW));
    }

    private RefusedException refused(Command command) {
        return Objects.requireNonNull(catchThrowableOfType(RefusedException.class, () -> machine.apply(command)));
    }
}
