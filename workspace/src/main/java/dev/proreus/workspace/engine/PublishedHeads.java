package dev.proreus.workspace.engine;

import dev.proreus.workspace.Place;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.commit.Published;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.watch.Heads;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tells the watch hub how far what was committed has been published. Thread-safe. */
final class PublishedHeads implements Heads {
    private final Published published;
    private final LongSupplier agedThrough;

    /** @param agedThrough the newest sequence that no subtree can be read on from below, for its age */
    PublishedHeads(Published published, LongSupplier agedThrough) {
        this.published = published;
        this.agedThrough = agedThrough;
    }

    @Override
    public long published(long workspaceId) {
        return workspace(workspaceId).revision();
    }

    @Override
    public long floor(long workspaceId) {
        Long floor = published.tree().floor(workspaceId);
        return floor == null ? 0 : floor;
    }

    @Override
    public long subtreeFloor(long topId) {
        Workspace top = published.tree().byId(topId);
        return Math.max(agedThrough.getAsLong(), top == null ? 0 : top.subtreeFloor());
    }

    @Override
    public long publishedSequence() {
        return published.sequence().get();
    }

    @Override
    public @Nullable Place place(long workspaceId) {
        return published.tree().place(workspaceId);
    }

    @Override
    public boolean isDefined(int typeId) {
        return published.types().byId(typeId) != null;
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
