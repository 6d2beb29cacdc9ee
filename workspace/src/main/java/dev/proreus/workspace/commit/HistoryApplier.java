package dev.proreus.workspace.commit;

import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Retention;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import dev.proreus.workspace.tree.Workspace;
import java.util.Objects;

/** Applies what is decided on a workspace's past: where its floor is, and how much of it is to be kept. */
final class HistoryApplier {
    private final State state;

    HistoryApplier(State state) {
        this.state = state;
    }

    /** Raises a floor; one that is there or higher already stays. */
    void raise(Command.RaiseFloor command, Batch batch) {
        WorkspaceState workspace = state.workspace(command.workspaceId());
        WorkspaceRow.History history = workspace.row().history();
        if (command.floor() <= history.floor()) {
            return;
        }
        if (command.floor() > workspace.revision()) {
            throw RefusedException.because(
                            Reason.REVISION_NOT_REACHED,
                            "the floor cannot rise to revision " + command.floor() + ", above the newest one, "
                                    + workspace.revision())
                    .with("revision", workspace.revision());
        }
        workspace.remember(history.raised(command.floor(), command.sequence(), command.historyBytes()));
        batch.touch(workspace);
    }

    /** Sets what is to be kept, where a command says so. */
    Workspace retain(Command.SetRetention command, Batch batch) {
        WorkspaceState workspace = state.workspace(command.workspaceId());
        WorkspaceRow.History history = workspace.row().history();
        Retention own = new Retention(
                Objects.requireNonNullElse(command.age(), history.own().age()),
                Objects.requireNonNullElse(command.bytes(), history.own().bytes()));
        if (!own.equals(history.own())) {
            workspace.remember(history.keeping(own));
            batch.touch(workspace);
        }
        return WorkspaceApplier.shown(workspace);
    }
}
