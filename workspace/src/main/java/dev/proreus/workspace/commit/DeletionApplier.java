package dev.proreus.workspace.commit;

import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Sections;
import dev.proreus.workspace.Termination;
import dev.proreus.workspace.WorkspaceGone;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.store.rows.DedupRow;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.tree.WorkspaceTree;
import dev.proreus.workspace.type.SystemTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Applies the deletion of subtrees: one commit of the parent that marks the workspace at the top, and one that deletes
 * its object there, which stands for everything below. Where nothing has to be waited for, the second comes alone.
 */
final class DeletionApplier {
    private final State state;
    private final WorkspaceTree published;
    private final TypeApplier types;
    private final AgentApplier agents;
    private final WorkspaceAnswers answers;

    DeletionApplier(
            State state, WorkspaceTree published, TypeApplier types, AgentApplier agents, WorkspaceAnswers answers) {
        this.state = state;
        this.published = published;
        this.types = types;
        this.agents = agents;
        this.answers = answers;
    }

    /** Begins a deletion, brings its end nearer, or where nothing has to be waited for, ends it. */
    Workspace delete(Command.DeleteWorkspace command, Batch batch) {
        WorkspaceState parent = state.workspace(command.parentId());
        WorkspacePath path = parent.path().child(command.name());
        DedupRow known = answers.find(command.request(), parent.id(), command, batch);
        if (known != null) {
            return WorkspaceAnswers.repeated(path, known);
        }
        if (command.workspaceId() == 0) {
            throw WorkspaceTree.notFound(path);
        }
        WorkspaceState workspace = state.workspace(command.workspaceId());
        Termination termination = wanted(workspace, command, batch.notBeforeLog(command.time()));
        boolean ends = command.how().force() || isDue(workspace, termination, command.time());
        if (ends) {
            end(workspace, parent, command.time(), batch);
            answers.remember(command.request(), parent, workspace, batch);
        } else if (!termination.equals(workspace.termination())) {
            if (workspace.termination() == null) {
                mark(workspace, parent, termination.asked(), command.time(), batch);
            }
            workspace.live(new WorkspaceRow.Terminating(termination));
            batch.touch(workspace);
            answers.remember(command.request(), parent, workspace, batch);
        }
        return WorkspaceAnswers.shown(workspace);
    }

    /**
     * Returns how the workspace is to be terminating; one that is already is never given longer.
     *
     * @param now when that begins, by the clock that an undelete is held against
     */
    private static Termination wanted(WorkspaceState workspace, Command.DeleteWorkspace command, Instant now) {
        Termination before = workspace.termination();
        Duration grace = command.how().grace();
        if (grace == null && before == null && !command.how().force()) {
            checkEmpty(workspace);
        }
        if (grace == null && before != null) {
            return before;
        }
        Instant end = now.plus(grace == null ? Duration.ZERO : grace);
        if (before == null) {
            return new Termination(command.time(), end);
        }
        return end.isBefore(before.graceEnd()) ? new Termination(before.asked(), end) : before;
    }

    private static void checkEmpty(WorkspaceState workspace) {
        if (!workspace.isEmpty()) {
            throw RefusedException.because(
                            Reason.WORKSPACE_NOT_EMPTY,
                            "workspace " + workspace.path() + " holds "
                                    + workspace.row().counts().objects() + " objects, of which "
                                    + workspace.children()
                                    + " are child workspaces: to delete all of it, say a grace in which that can be"
                                    + " undone, which may be 0s, or force")
                    .with("workspace", workspace.path())
                    .with("objects", workspace.row().counts().objects())
                    .with("children", workspace.children());
        }
    }

    private static boolean isDue(WorkspaceState workspace, Termination termination, Instant now) {
        return termination.isFinal(now) && workspace.subtree().finalizers() == 0;
    }

    /** Ends a deletion whose grace is over where no finalizer is left; else does nothing. */
    void end(Command.EndWorkspace command, Batch batch) {
        WorkspaceState workspace = state.workspace(command.workspaceId());
        Termination termination = workspace.termination();
        if (termination != null && isDue(workspace, termination, command.time())) {
            end(workspace, Objects.requireNonNull(workspace.parent()), command.time(), batch);
        }
    }

    /** Takes a deletion back; of a workspace that is not being deleted there is nothing to take back. */
    Workspace undelete(Command.UndeleteWorkspace command, Batch batch) {
        WorkspaceState workspace = state.workspace(command.workspaceId());
        checkNotBelowOneThatGoes(workspace);
        Termination termination = workspace.termination();
        if (termination == null) {
            return WorkspaceAnswers.shown(workspace);
        }
        // What was deleted in it after the grace carries a time that is not before its end, and so does the log.
        if (termination.isFinal(batch.notBeforeLog(command.time()))) {
            throw RefusedException.because(
                            Reason.GRACE_ENDED,
                            "the deletion of workspace " + workspace.path() + " could be taken back until "
                                    + termination.graceEnd() + ": create it again once it is gone")
                    .with("workspace", workspace.path())
                    .with("graceEnd", termination.graceEnd());
        }
        mark(workspace, Objects.requireNonNull(workspace.parent()), null, command.time(), batch);
        workspace.live(WorkspaceRow.Life.ACTIVE);
        batch.touch(workspace);
        return WorkspaceAnswers.shown(workspace);
    }

    /** It would go all the same, with the one above it. */
    private static void checkNotBelowOneThatGoes(WorkspaceState workspace) {
        WorkspaceState parent = workspace.parent();
        WorkspaceState going = parent == null ? null : parent.terminating();
        if (going != null) {
            throw RefusedException.because(
                            Reason.WORKSPACE_TERMINATING,
                            "workspace " + workspace.path() + " is being deleted with " + going.path()
                                    + ", in which it lies: undelete that one first, while its grace lasts")
                    .with("workspace", going.path());
        }
    }

    /** Shows in the workspace's object since when it is being deleted, or with null that it is not. */
    private static void mark(
            WorkspaceState workspace, WorkspaceState parent, @Nullable Instant asked, Instant time, Batch batch) {
        Stored before = object(workspace, parent, batch);
        UUID uid = before.head().uid();
        MetaSections metadata = before.sections().metadata();
        MetaSections marked = metadata.withDeletion(asked).withGeneration(metadata.generation() + 1);
        Stored after = Stored.at(parent.revision() + 1, uid, before.sections().withMetadata(marked), Stored.SERVER);
        String name = workspace.path().name();
        Mutation mutation = new Mutation(SystemTypes.WORKSPACES, name, uid, before, after, Sections.METADATA, 0, 0);
        batch.commit(parent, List.of(mutation), time);
    }

    private void end(WorkspaceState workspace, WorkspaceState parent, Instant time, Batch batch) {
        Stored object = object(workspace, parent, batch);
        Mutation going =
                Mutation.delete(SystemTypes.WORKSPACES, workspace.path().name(), object, 0);
        batch.commit(parent, List.of(going), time);
        workspace.live(new WorkspaceRow.Gone(state.applied.sequence()));
        batch.touch(workspace);
        List<Long> ids = new ArrayList<>();
        workspace.forEachInSubtree(each -> ids.add(each.id()));
        workspace.leave();
        Set<Long> all = new HashSet<>(ids);
        state.workspaces.keySet().removeAll(all);
        // First of all, so that whoever misses a type or a claim finds the workspace gone, and knows why.
        batch.whenDurable(() -> published.removeSubtree(workspace.id()));
        types.forgetAllOf(all, batch);
        agents.forgetAllOf(all, batch);
        batch.publish(new WorkspaceGone(state.applied.sequence(), workspace.id(), ids));
    }

    private static Stored object(WorkspaceState workspace, WorkspaceState parent, Batch batch) {
        Stored object = batch.find(
                parent.id(), SystemTypes.WORKSPACES.id(), workspace.path().name());
        if (object == null) {
            throw new IllegalStateException("workspace " + workspace.path() + " has no object in its parent");
        }
        return object;
    }
}
