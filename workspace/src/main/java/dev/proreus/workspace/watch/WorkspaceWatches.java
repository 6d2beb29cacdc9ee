package dev.proreus.workspace.watch;

import dev.proreus.workspace.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The subscriptions of one loop in one workspace, on the line of its revisions. */
final class WorkspaceWatches extends ScopeWatches {
    private final long workspaceId;
    private final Heads heads;
    private final Map<Integer, TypeWatches> types = new HashMap<>();
    private long dispatchedRevision;

    WorkspaceWatches(long workspaceId, Heads heads) {
        this.workspaceId = workspaceId;
        this.heads = heads;
    }

    @Override
    void register(RunningWatch watch, int typeId, WatchFilter filter) {
        types.computeIfAbsent(typeId, key -> new TypeWatches()).add(watch, filter);
    }

    @Override
    void unregister(RunningWatch watch, int typeId, WatchFilter filter) {
        TypeWatches watches = types.get(typeId);
        if (watches != null) {
            watches.remove(watch, filter);
            if (watches.isEmpty()) {
                types.remove(typeId);
            }
        }
    }

    @Override
    long published() {
        return heads.published(workspaceId);
    }

    @Override
    long floor() {
        return heads.floor(workspaceId);
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
    List<RunningWatch> registered(int typeId) {
        TypeWatches watches = types.get(typeId);
        return watches == null ? List.of() : watches.all();
    }
}
