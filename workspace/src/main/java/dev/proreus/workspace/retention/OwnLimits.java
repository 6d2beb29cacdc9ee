package dev.proreus.workspace.retention;

import dev.proreus.workspace.Retention;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.tree.WorkspaceTree;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The limits of workspaces that keep less than the store. Such a workspace is looked at when it was written to, and
 * when the oldest of what it keeps becomes too old; while it is idle and keeps nothing, never.
 *
 * <p>{@link #changed} and {@link #committed} may be called by any thread; the rest is the loop's.
 */
final class OwnLimits {
    private final Set<Long> limited = ConcurrentHashMap.newKeySet();
    private final Set<Long> stirred = ConcurrentHashMap.newKeySet();
    private final PriorityQueue<Due> queue = new PriorityQueue<>(Comparator.comparing(Due::at));
    private final Set<Long> queued = new HashSet<>();
    private final WorkspaceTree tree;
    private final LogSearch log;
    private final Retention store;

    OwnLimits(WorkspaceTree tree, LogSearch log, Retention store) {
        this.tree = tree;
        this.log = log;
        this.store = store;
        tree.forEach(this::changed);
    }

    /** Takes notice of what a workspace is to keep now. */
    void changed(Workspace workspace) {
        if (!workspace.ownRetention().equals(Retention.UNSAID)) {
            limited.add(workspace.id());
            stirred.add(workspace.id());
        }
    }

    /** Takes notice of a commit. */
    void committed(long workspaceId) {
        if (!limited.isEmpty() && limited.contains(workspaceId)) {
            stirred.add(workspaceId);
        }
    }

    /** Returns the floors to raise. */
    List<Floor> exceeded(Instant now, int maxWorkspaces) {
        List<Floor> floors = new ArrayList<>();
        Iterator<Long> stirs = stirred.iterator();
        while (stirs.hasNext() && floors.size() < maxWorkspaces) {
            long id = stirs.next();
            stirs.remove();
            look(id, now, floors);
        }
        for (Due due = queue.peek(); due != null && floors.size() < maxWorkspaces; due = queue.peek()) {
            if (due.at.isAfter(now)) {
                break;
            }
            queue.remove();
            queued.remove(due.workspaceId);
            look(due.workspaceId, now, floors);
        }
        return floors;
    }

    private void look(long workspaceId, Instant now, List<Floor> floors) {
        Workspace workspace = tree.byId(workspaceId);
        if (workspace == null || workspace.ownRetention().equals(Retention.UNSAID)) {
            limited.remove(workspaceId);
            if (workspace != null) {
                // It may have been limited meanwhile, and added before it was removed here.
                changed(workspace);
            }
            return;
        }
        Retention kept = workspace.ownRetention().within(store);
        Floor young = notOlder(workspace, now.minus(kept.age()));
        Floor few = ByteLimit.keeping(workspace, kept.bytes(), log);
        Floor higher = young == null || (few != null && few.revision() > young.revision()) ? few : young;
        if (higher != null) {
            floors.add(higher);
        }
        awaitNext(workspace, higher, kept.age(), now);
    }

    private @Nullable Floor notOlder(Workspace workspace, Instant cutoff) {
        LogSearch.Found found = log.lastUntil(workspace.id(), workspace.floor(), workspace.revision(), cutoff);
        return found == null ? null : Floor.at(workspace.id(), found.revision(), found.row());
    }

    /** Queues a workspace for when the oldest of what it keeps becomes too old, unless it keeps nothing. */
    private void awaitNext(Workspace workspace, @Nullable Floor floor, Duration age, Instant now) {
        long above = floor == null ? workspace.floor() : floor.revision();
        LogSearch.Found oldest = log.first(workspace.id(), above, workspace.revision());
        if (oldest != null && queued.add(workspace.id())) {
            Instant due = oldest.row().time().plus(age);
            Instant soonest = now.plus(AgeLimit.pause(age));
            queue.add(new Due(due.isAfter(soonest) ? due : soonest, workspace.id()));
        }
    }

    private record Due(Instant at, long workspaceId) {}
}
