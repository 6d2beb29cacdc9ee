package dev.proreus.workspace.simulation;

import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.KeyRange;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.rows.HeadRow;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import java.util.HashMap;
import java.util.Map;

/** Holds what the rows of workspaces count against what is there, and against the quotas that stood, batch by batch. */
final class Counts {
    private final World world;
    private final Map<Long, WorkspaceRow> workspaces;
    private final Map<Tenants.Standing, Long> held = new HashMap<>();

    /** @param workspaces the rows as they stand, which whoever reads the batches keeps up to date */
    Counts(World world, Map<Long, WorkspaceRow> workspaces) {
        this.world = world;
        this.workspaces = workspaces;
    }

    /** Looks at what a batch left; no quota may be exceeded by more than it was before. */
    void after(int place) {
        for (Tenants.Standing quota : world.tenants().quotas()) {
            if (place < quota.from - 1 || place >= quota.to) {
                continue;
            }
            long objects = objects(quota.workspaceId, quota.subtree);
            Long before = held.put(quota, objects);
            if (before != null && objects > quota.objects && objects > before) {
                world.violated(
                        "Quotas",
                        "batch " + place + " in workspace " + quota.workspaceId + (quota.subtree ? " and below" : ""),
                        "at most " + quota.objects + " objects",
                        objects + " after " + before);
            }
        }
    }

    private long objects(long id, boolean subtree) {
        long sum = 0;
        for (Map.Entry<Long, WorkspaceRow> each : workspaces.entrySet()) {
            boolean counts = subtree ? isWithin(each.getKey(), id) : each.getKey() == id;
            if (counts && each.getValue().state() != WorkspaceRow.State.GONE) {
                sum += each.getValue().counts().objects();
            }
        }
        return sum;
    }

    private boolean isWithin(long id, long top) {
        WorkspaceRow row = workspaces.get(id);
        return id == top
                || (row != null
                        && row.identity().parentId() != 0
                        && isWithin(row.identity().parentId(), top));
    }

    /** Counts all objects, and holds the newest revisions against the log. */
    void atEnd(Map<Long, Long> heads) {
        try (Store store = world.disk().read()) {
            workspaces.forEach((id, row) -> {
                if (row.state() != WorkspaceRow.State.GONE) {
                    WorkspaceRow.Counts counts = row.counts();
                    WorkspaceRow.Counts there = counted(store, id, counts.finalizers());
                    if (!there.equals(counts)) {
                        world.violated("Counts", "workspace " + id, there.toString(), counts.toString());
                    }
                    long head = heads.getOrDefault(id, 0L);
                    if (head != row.revision()) {
                        world.violated("Counts", "workspace " + id, "revision " + head, "revision " + row.revision());
                    }
                }
            });
        }
    }

    private WorkspaceRow.Counts counted(Store store, long id, long finalizers) {
        long objects = 0;
        long bytes = 0;
        KeyRange range = world.keys().ranges().allOfWorkspace(id);
        try (Cursor at = store.cursor(Table.HEAD, range)) {
            for (; at.valid(); at.next()) {
                objects++;
                bytes += HeadRow.decode(at.value()).objectBytes();
            }
        }
        return new WorkspaceRow.Counts(objects, bytes, finalizers);
    }
}
