package dev.proreus.workspace.commit;

import dev.proreus.workspace.Place;
import dev.proreus.workspace.WorkspacePath;
import dev.proreus.workspace.store.rows.DedupRow;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import dev.proreus.workspace.tree.Workspace;
import org.jspecify.annotations.Nullable;

/** What those who create and delete workspaces are told: a workspace, as it then is, for a repeat as well. */
final class WorkspaceAnswers {
    private final RequestLedger requests;

    WorkspaceAnswers(RequestLedger requests) {
        this.requests = requests;
    }

    /** Returns what a request below a parent did before, or null where it is new or has no id. */
    @Nullable
    DedupRow find(@Nullable RequestMark request, long parentId, Command command, Batch batch) {
        return requests.find(request, parentId, command, batch);
    }

    /** Keeps the answer for a repeat. */
    void remember(@Nullable RequestMark request, WorkspaceState parent, WorkspaceState workspace, Batch batch) {
        if (request != null) {
            DedupRow.Shown shown = new DedupRow.Shown(workspace.id(), workspace.row());
            requests.put(request, parent.id(), DedupRow.ofWorkspace(request.digest(), parent.revision(), shown), batch);
        }
    }

    /** Returns the workspace as the first answer showed it. */
    static Workspace repeated(WorkspacePath path, DedupRow known) {
        DedupRow.Shown then = known.workspace();
        if (then == null) {
            throw new IllegalStateException("what is remembered of workspace " + path + " does not show it");
        }
        return shown(new WorkspaceState(new Place(path.text(), then.id()), then.row(), null));
    }

    /** Returns the form of a workspace that readers see. */
    static Workspace shown(WorkspaceState workspace) {
        WorkspaceRow.Identity identity = workspace.row().identity();
        Workspace shown = new Workspace(
                workspace.place(), identity.uid(), identity.incarnation(), identity.created(), workspace.progress());
        if (workspace.row().life() instanceof WorkspaceRow.Gone) {
            shown.markGone();
        }
        return shown;
    }
}
