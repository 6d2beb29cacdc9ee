package dev.proreus.workspace.watch;

import dev.proreus.workspace.Change;
import dev.proreus.workspace.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The subscriptions of one loop in one workspace, on the line of its revisions. */
final class WorkspaceWatches extends ScopeWatches {
    private final Heads heads;
    private final Map<Integer, TypeWatches> types = new HashMap<>();
    private long dispatchedRevision;

    WorkspaceWatches(Scope.OneWorkspace scope, Heads heads) {
        super(scope);
        this.heads = heads;
    }

    @Override
    void register(RingFeed feed, int typeId, WatchFilter filter) {
        types.computeIfAbsent(typeId, key -> new TypeWatches()).add(feed, filter);
    }

    @Override
    void unregister(RingFeed feed, int typeId, WatchFilter filter) {
        TypeWatches watches = types.get(typeId);
        if (watches != null) {
            watches.remove(feed, filter);
            if (watches.isEmpty()) {
                types.remove(typeId);
            }
        }
    }

    @Override
    long published() {
        return heads.published(scope().workspaceId());
    }

    @Override
    long floor() {
        return heads.floor(scope().workspaceId());
    }

    @Override
    long dispatched() {
        return dispatchedRevision;
    }

    void offer(long position, Change change) {
        dispatchedRevision = change.revision();
        TypeWatches watches = types.get(change.typeId());
        if (watches != null) {
            watches.offer(position, change);
        }
    }

    /** Returns a copy of the registered subscriptions of a type. */
    List<Watcher> registered(int typeId) {
        TypeWatches watches = types.get(typeId);
        return watches == null ? List.of() : watches.all();
    }
}
