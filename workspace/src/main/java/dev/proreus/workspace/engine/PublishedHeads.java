package dev.proreus.workspace.engine;

import dev.proreus.workspace.Place;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.commit.Published;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.watch.Heads;
import org.jspecify.annotations.Nullable;

/** Tells the watch hub how far what was committed has been published. Thread-safe. */
final class PublishedHeads implements Heads {
    private final Published published;

    PublishedHeads(Published published) {
        this.published = published;
    }

    @Override
    public long published(long workspaceId) {
        return workspace(workspaceId).revision();
    }

    @Override
    public long floor(long workspaceId) {
        return 0;
    }

    @Override
    public long publishedSequence() {
        return published.sequence().get();
    }

    @Override
    public @Nullable Place place(long workspaceId) {
        return published.tree().place(workspaceId);
    }

    private Workspace workspace(long id) {
        Workspace workspace = published.tree().byId(id);
        if (workspace == null) {
            throw RefusedException.because(
                    Reason.WORKSPACE_DELETED, "the workspace was deleted: watch another, or create it again");
        }
        return workspace;
    }
}
