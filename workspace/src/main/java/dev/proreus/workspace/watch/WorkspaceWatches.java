package dev.proreus.workspace.watch;

import dev.proreus.workspace.Change;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The subscriptions of one loop in one workspace: all of them as members, the registered ones by what they want. */
final class WorkspaceWatches {
    private final long workspaceId;
    private final Set<RunningWatch> members = new LinkedHashSet<>();
    private final Map<Integer, TypeWatches> types = new HashMap<>();
    private long dispatchedRevision;

    WorkspaceWatches(long workspaceId) {
        this.workspaceId = workspaceId;
    }

    long workspaceId() {
        return workspaceId;
    }

    void add(RunningWatch watch) {
        members.add(watch);
    }

    void remove(RunningWatch watch) {
        members.remove(watch);
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    /** Returns a copy of the subscriptions, whatever their state. */
    List<RunningWatch> members() {
        return List.copyOf(members);
    }

    void register(RunningWatch watch, int typeId, WatchFilter filter) {
        types.computeIfAbsent(typeId, key -> new TypeWatches()).add(watch, filter);
    }

    void unregister(RunningWatch watch, int typeId, WatchFilter filter) {
        TypeWatches watches = types.get(typeId);
        if (watches != null) {
            watches.remove(watch, filter);
            if (watches.isEmpty()) {
                types.remove(typeId);
            }
        }
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

    /** Returns the newest revision dispatched while there were members; in the midst of a walk it may be half done. */
    long dispatchedRevision() {
        return dispatchedRevision;
    }
}
