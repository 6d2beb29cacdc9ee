package dev.proreus.workspace.commit;

import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Quotas;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.WorkspaceGone;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.store.rows.DedupRow;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.tree.WorkspaceTree;
import dev.proreus.workspace.type.SystemTypes;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Applies the coming and going of workspaces: one commit of the parent, whose object the workspace is. */
final class WorkspaceApplier {
    private final State state;
    private final WorkspaceTree published;
    private final RequestLedger requests;

    WorkspaceApplier(State state, WorkspaceTree published, RequestLedger requests) {
        this.state = state;
        this.published = published;
        this.requests = requests;
    }

    Workspace create(Command.CreateWorkspace command, Batch batch) {
        WorkspaceState parent = state.workspace(command.parentId());
        WorkspacePath path = parent.path().child(command.name());
        DedupRow known = requests.find(command.request(), parent.id(), command, batch);
        if (known != null) {
            return repeated(path, known);
        }
        if (batch.find(parent.id(), SystemTypes.WORKSPACES.id(), command.name()) != null) {
            throw RefusedException.because(
                            Reason.ALREADY_EXISTS,
                            "workspace " + path + " exists already: use it, or create one at another path")
                    .with("workspace", path);
        }
        if (path.depth() > Limits.TREE_DEPTH) {
            throw RefusedException.because(
                            Reason.BAD_REQUEST,
                            "workspace " + path + " would be part " + path.depth() + " of its path; at most "
                                    + Limits.TREE_DEPTH + " are allowed")
                    .with("workspace", path);
        }
        ObjectSections object = new ObjectSections(
                SystemTypes.WORKSPACES.apiVersion(),
                SystemTypes.WORKSPACES.names().kind(),
                MetaSections.EMPTY
                        .withName(command.name())
                        .withUid(command.uid().toString())
                        .withGeneration(1)
                        .withCreation(command.time()),
                null,
                null);
        Stored made = Stored.at(parent.revision() + 1, command.uid(), object, AgentApplier.SERVER);
        Mutation coming = Mutation.create(SystemTypes.WORKSPACES, command.name(), made, 0);
        parent.checkRoom(coming.growth());
        batch.commit(parent, List.of(coming), command.time());
        WorkspaceState opened = open(parent, path, command, batch);
        remember(command.request(), parent, opened, batch);
        Workspace shown = shown(opened);
        batch.whenDurable(() -> published.add(shown));
        return shown;
    }

    /** Keeps the answer for a repeat. */
    private void remember(@Nullable RequestMark request, WorkspaceState parent, WorkspaceState workspace, Batch batch) {
        if (request != null) {
            DedupRow.Shown shown = new DedupRow.Shown(workspace.id(), workspace.row());
            requests.put(request, parent.id(), DedupRow.ofWorkspace(request.digest(), parent.revision(), shown), batch);
        }
    }

    /** Returns the workspace as the first answer showed it. */
    private static Workspace repeated(WorkspacePath path, DedupRow known) {
        DedupRow.Shown then = known.workspace();
        if (then == null) {
            throw new IllegalStateException("what is remembered of workspace " + path + " does not show it");
        }
        return shown(new WorkspaceState(then.id(), path, then.row(), null));
    }

    private WorkspaceState open(
            WorkspaceState parent, WorkspacePath path, Command.CreateWorkspace command, Batch batch) {
        WorkspaceRow row = new WorkspaceRow(
                new WorkspaceRow.Identity(
                        command.uid(), parent.id(), command.name(), command.incarnation(), command.time()),
                WorkspaceRow.State.ACTIVE,
                0,
                WorkspaceRow.Counts.ZERO,
                WorkspaceRow.History.NONE,
                0,
                0,
                Quotas.UNLIMITED);
        WorkspaceState made = new WorkspaceState(state.takeWorkspaceId(), path, row, parent);
        state.workspaces.put(made.id(), made);
        batch.touch(made);
        return made;
    }

    Workspace delete(Command.DeleteWorkspace command, Batch batch) {
        WorkspaceState parent = state.workspace(command.parentId());
        String name = command.name();
        WorkspacePath path = parent.path().child(name);
        DedupRow known = requests.find(command.request(), parent.id(), command, batch);
        if (known != null) {
            return repeated(path, known);
        }
        if (command.workspaceId() == 0) {
            throw WorkspaceTree.notFound(path);
        }
        WorkspaceState workspace = state.workspace(command.workspaceId());
        checkEmpty(workspace);
        Stored object = batch.find(parent.id(), SystemTypes.WORKSPACES.id(), name);
        if (object == null) {
            throw new IllegalStateException("workspace " + workspace.path() + " has no object in its parent");
        }
        batch.commit(parent, List.of(Mutation.delete(SystemTypes.WORKSPACES, name, object, 0)), command.time());
        workspace.markGone();
        batch.touch(workspace);
        remember(command.request(), parent, workspace, batch);
        workspace.leave();
        state.workspaces.remove(workspace.id());
        batch.publish(new WorkspaceGone(state.applied.sequence(), workspace.id()));
        Workspace shown = shown(workspace);
        batch.whenDurable(() -> {
            Workspace live = published.byId(shown.id());
            if (live != null) {
                published.remove(live);
            }
        });
        return shown;
    }

    /** Changes what can be set of a workspace. */
    Workspace update(Command.UpdateWorkspace command, Batch batch) {
        WorkspaceState workspace = state.workspace(command.workspaceId());
        WorkspaceRow before = workspace.row();
        workspace.remember(before.history()
                .keeping(command.update().retention(before.history().own())));
        workspace.limit(command.update().quotas(before.quotas()));
        if (!workspace.row().equals(before)) {
            batch.touch(workspace);
        }
        return shown(workspace);
    }

    private static void checkEmpty(WorkspaceState workspace) {
        long objects = workspace.row().counts().objects();
        if (objects > 0 || workspace.children() > 0) {
            throw RefusedException.because(
                            Reason.WORKSPACE_NOT_EMPTY,
                            "workspace " + workspace.path() + " holds " + objects + " objects, of which "
                                    + workspace.children() + " are child workspaces: delete them first")
                    .with("workspace", workspace.path())
                    .with("objects", objects)
                    .with("children", workspace.children());
        }
    }

    /** Returns the form of a workspace that readers see. */
    static Workspace shown(WorkspaceState workspace) {
        WorkspaceRow.Identity identity = workspace.row().identity();
        return new Workspace(
                workspace.id(),
                workspace.path(),
                identity.uid(),
                identity.incarnation(),
                identity.created(),
                workspace.progress());
    }

    /** Returns the row of the root workspace of a fresh store. */
    static WorkspaceRow root(UUID uid, UUID incarnation, Instant time) {
        return new WorkspaceRow(
                new WorkspaceRow.Identity(uid, 0, WorkspacePath.ROOT.text(), incarnation, time),
                WorkspaceRow.State.ACTIVE,
                0,
                WorkspaceRow.Counts.ZERO,
                WorkspaceRow.History.NONE,
                0,
                0,
                Quotas.UNLIMITED);
    }
}
