package dev.proreus.workspace.commit;

import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.store.rows.WorkspaceRow;

/** Applies what is decided on a workspace's past: where its floor is. */
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
}
