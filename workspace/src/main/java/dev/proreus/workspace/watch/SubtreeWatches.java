package dev.proreus.workspace.watch;

import dev.proreus.workspace.Scope;

/** The subscriptions of one loop over one subtree, on the line of the store's sequence. */
final class SubtreeWatches extends ScopeWatches {
    private final Heads heads;
    private final SubtreeIndex index;

    SubtreeWatches(Scope.Subtree scope, Heads heads, SubtreeIndex index) {
        super(scope);
        this.heads = heads;
        this.index = index;
    }

    @Override
    void register(RingFeed feed, int typeId, WatchFilter filter) {
        index.register(scope().workspaceId(), feed, typeId, filter);
    }

    @Override
    void unregister(RingFeed feed, int typeId, WatchFilter filter) {
        index.unregister(scope().workspaceId(), feed, typeId, filter);
    }

    @Override
    long published() {
        heads.published(scope().workspaceId());
        return heads.publishedSequence();
    }

    @Override
    long floor() {
        return heads.subtreeFloor(scope().workspaceId());
    }

    @Override
    long dispatched() {
        return index.dispatchedSequence();
    }
}
