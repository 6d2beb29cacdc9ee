package dev.proreus.workspace.commit;

import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.WorkspaceGone;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.tree.WorkspaceTree;
import dev.proreus.workspace.type.SystemTypes;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Applies the coming and going of workspaces: one commit of the parent, whose object the workspace is. */
final class WorkspaceApplier {
    private final State state;
    private final WorkspaceTree published;

    WorkspaceApplier(State state, WorkspaceTree published) {
        this.state = state;
        this.published = published;
    }

    Workspace create(Command.CreateWorkspace command, Batch batch) {
        WorkspaceState parent = state.workspace(command.parentId());
        WorkspacePath path = parent.path().child(command.name());
        if (batch.find(parent.id(), SystemTypes.WORKSPACES.id(), command.name()) != null) {
            throw RefusedException.because(Reason.ALREADY_EXISTS, "workspace " + path + " exists already")
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
        batch.commit(parent, List.of(Mutation.create(SystemTypes.WORKSPACES, command.name(), made, 0)), command.time());
        return open(parent, path, command, batch);
    }

    private Workspace open(WorkspaceState parent, WorkspacePath path, Command.CreateWorkspace command, Batch batch) {
        WorkspaceRow row = new WorkspaceRow(
                new WorkspaceRow.Identity(
                        command.uid(), parent.id(), command.name(), command.incarnation(), command.time()),
                WorkspaceRow.State.ACTIVE,
                0,
                0,
                WorkspaceRow.Counts.ZERO,
                0,
                0);
        WorkspaceState made = new WorkspaceState(state.takeWorkspaceId(), path, row);
        parent.addChildren(1);
        state.workspaces.put(made.id(), made);
        batch.touch(made);
        Workspace shown = shown(made);
        batch.whenDurable(() -> published.add(shown));
        return shown;
    }

    Workspace delete(Command.DeleteWorkspace command, Batch batch) {
        WorkspaceState workspace = state.workspace(command.workspaceId());
        WorkspaceState parent = state.workspaces.get(workspace.row().identity().parentId());
        if (parent == null) {
            throw RefusedException.because(Reason.BAD_REQUEST, "the root workspace cannot be deleted");
        }
        checkEmpty(workspace);
        String name = workspace.path().name();
        Stored object = batch.find(parent.id(), SystemTypes.WORKSPACES.id(), name);
        if (object == null) {
            throw new IllegalStateException("workspace " + workspace.path() + " has no object in its parent");
        }
        batch.commit(parent, List.of(Mutation.delete(SystemTypes.WORKSPACES, name, object, 0)), command.time());
        workspace.markGone();
        batch.touch(workspace);
        parent.addChildren(-1);
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
                workspace.revision(),
                workspace.row().counts().objects(),
                workspace.row().claimsFreed());
    }

    /** Returns the row of the root workspace of a fresh store. */
    static WorkspaceRow root(UUID uid, UUID incarnation, Instant time) {
        return new WorkspaceRow(
                new WorkspaceRow.Identity(uid, 0, WorkspacePath.ROOT.text(), incarnation, time),
                WorkspaceRow.State.ACTIVE,
                0,
                0,
                WorkspaceRow.Counts.ZERO,
                0,
                0);
    }
}
