package dev.proreus.workspace.watch;

/** The subscriptions of one loop over one subtree, on the line of the store's sequence. */
final class SubtreeWatches extends ScopeWatches {
    private final long top;
    private final Heads heads;
    private final SubtreeIndex index;

    SubtreeWatches(long top, Heads heads, SubtreeIndex index) {
        this.top = top;
        this.heads = heads;
        this.index = index;
    }

    @Override
    void register(RunningWatch watch, int typeId, WatchFilter filter) {
        index.register(top, watch, typeId, filter);
    }

    @Override
    void unregister(RunningWatch watch, int typeId, WatchFilter filter) {
        index.unregister(top, watch, typeId, filter);
    }

    @Override
    long published() {
        heads.published(top);
        return heads.publishedSequence();
    }

    @Override
    long floor() {
        return heads.subtreeFloor(top);
    }

    @Override
    long dispatched() {
        return index.dispatchedSequence();
    }
}
