package dev.proreus.workspace.watch;

import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.Scope;

/** What a client is told when its watch ends by no fault of its own. */
final class Refusals {
    private Refusals() {}

    static RefusedException stopping() {
        return RefusedException.because(
                Reason.STOPPING,
                "the watch ended because the server is shutting down; watch again in a moment, after the last revision"
                        + " received");
    }

    static RefusedException workspaceDeleted() {
        return RefusedException.because(
                Reason.WORKSPACE_DELETED,
                "the watch ended because its workspace was deleted, and everything in it with it; do not watch again"
                        + " unless the workspace is created anew, which then has a new history");
    }

    static RefusedException typeDeleted() {
        return RefusedException.because(
                Reason.TYPE_NOT_FOUND,
                "the watch ended because its resource type was deleted, after all its objects; watch again once a type"
                        + " of that name is defined, which is another one with objects of its own");
    }

    static RefusedException notReached(Scope scope, long asked, long newest) {
        if (scope instanceof Scope.Subtree) {
            return RefusedException.because(
                    Reason.REVISION_NOT_REACHED,
                    "the position lies above the newest one, so another store gave it; watch from the initial state");
        }
        return RefusedException.because(
                        Reason.REVISION_NOT_REACHED,
                        "revision " + asked + " lies above the newest one, " + newest
                                + "; watch after a revision that was received from this workspace")
                .with("revision", asked)
                .with("newest", newest);
    }
}
