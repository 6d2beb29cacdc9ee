package dev.proreus.workspace.commit;

import dev.proreus.workspace.Limits;
import dev.proreus.workspace.Place;
import dev.proreus.workspace.Quotas;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Usage;
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

/** Applies the coming and the changing of workspaces: one commit of the parent, whose object the workspace is. */
final class WorkspaceApplier {
    private final State state;
    private final WorkspaceTree published;
    private final WorkspaceAnswers answers;

    WorkspaceApplier(State state, WorkspaceTree published, WorkspaceAnswers answers) {
        this.state = state;
        this.published = published;
        this.answers = answers;
    }

    Workspace create(Command.CreateWorkspace command, Batch batch) {
        WorkspaceState parent = state.workspace(command.parentId());
        WorkspacePath path = parent.path().child(command.name());
        DedupRow known = answers.find(command.request(), parent.id(), command, batch);
        if (known != null) {
            return WorkspaceAnswers.repeated(path, known);
        }
        parent.checkNotTerminating();
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
        Stored made = Stored.at(parent.revision() + 1, command.uid(), object, Stored.SERVER);
        Mutation coming = Mutation.create(SystemTypes.WORKSPACES, command.name(), made, 0);
        parent.checkRoom(coming.growth());
        batch.commit(parent, List.of(coming), command.time());
        WorkspaceState opened = open(parent, command, batch);
        answers.remember(command.request(), parent, opened, batch);
        Workspace shown = WorkspaceAnswers.shown(opened);
        batch.whenDurable(() -> published.add(shown));
        return shown;
    }

    private WorkspaceState open(WorkspaceState parent, Command.CreateWorkspace command, Batch batch) {
        WorkspaceRow row = new WorkspaceRow(
                new WorkspaceRow.Identity(
                        command.uid(), parent.id(), command.name(), command.incarnation(), command.time()),
                WorkspaceRow.Life.ACTIVE,
                0,
                Usage.NONE,
                WorkspaceRow.History.NONE,
                0,
                0,
                Quotas.UNLIMITED);
        Place place = parent.place().child(command.name(), state.takeWorkspaceId());
        WorkspaceState made = new WorkspaceState(place, row, parent);
        state.workspaces.put(made.id(), made);
        batch.touch(made);
        return made;
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
        return WorkspaceAnswers.shown(workspace);
    }

    /** Returns the row of the root workspace of a fresh store. */
    static WorkspaceRow root(UUID uid, UUID incarnation, Instant time) {
        return new WorkspaceRow(
                new WorkspaceRow.Identity(uid, 0, WorkspacePath.ROOT.text(), incarnation, time),
                WorkspaceRow.Life.ACTIVE,
                0,
                Usage.NONE,
                WorkspaceRow.History.NONE,
                0,
                0,
                Quotas.UNLIMITED);
    }
}
