package dev.proreus.workspace.simulation;

import dev.proreus.workspace.Place;
import dev.proreus.workspace.watch.Heads;
import org.jspecify.annotations.Nullable;

/** Heads that ask others. */
abstract class ForwardingHeads implements Heads {
    private final Heads to;

    ForwardingHeads(Heads to) {
        this.to = to;
    }

    @Override
    public long published(long workspaceId) {
        return to.published(workspaceId);
    }

    @Override
    public long floor(long workspaceId) {
        return to.floor(workspaceId);
    }

    @Override
    public long subtreeFloor(long topId) {
        return to.subtreeFloor(topId);
    }

    @Override
    public long publishedSequence() {
        return to.publishedSequence();
    }

    @Override
    public @Nullable Place place(long workspaceId) {
        return to.place(workspaceId);
    }

    @Override
    public boolean isDefined(int typeId) {
        return to.isDefined(typeId);
    }
}
