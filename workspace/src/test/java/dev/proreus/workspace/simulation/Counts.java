package dev.proreus.workspace.simulation;

import dev.proreus.workspace.Usage;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.keys.StoredKey;
import dev.proreus.workspace.store.rows.HeadRow;
import dev.proreus.workspace.store.rows.LogRow;
import dev.proreus.workspace.store.rows.VersionRow;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import dev.proreus.workspace.tree.Workspace;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Holds what the rows of workspaces count against what is there, and against the quotas that stood, batch by batch. */
final class Counts {
    private static final String NOTHING = "nothing that is not needed at or below the floor, ";
    private static final List<Table> RECLAIMED = List.of(Table.HEAD, Table.VERSION, Table.LOG, Table.INDEX);

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
            if (counts && !isGone(each.getKey())) {
                sum += each.getValue().counts().objects();
            }
        }
        return sum;
    }

    /** Returns whether a workspace is gone, by itself or with one above it. */
    private boolean isGone(long id) {
        WorkspaceRow row = workspaces.get(id);
        return row != null
                && (row.life() instanceof WorkspaceRow.Gone
                        || isGone(row.identity().parentId()));
    }

    private boolean isWithin(long id, long top) {
        WorkspaceRow row = workspaces.get(id);
        return id == top
                || (row != null
                        && row.identity().parentId() != 0
                        && isWithin(row.identity().parentId(), top));
    }

    /** Counts all that is on the disk, and holds the newest revisions against the log. */
    void atEnd(Map<Long, Long> heads) {
        try (Store store = world.disk().read()) {
            workspaces.forEach((id, row) -> {
                if (isGone(id)) {
                    reclaimed(store, id);
                } else {
                    used(id, row);
                    require("Counts", id, counted(store, id), row.counts());
                    require("Counts", id, "revision " + heads.getOrDefault(id, 0L), "revision " + row.revision());
                    byte[] newest = store.get(Table.LOG, world.keys().log(id, row.revision()));
                    if (newest != null) {
                        require(
                                "Counts",
                                id,
                                LogRow.decode(newest).historyBytes(),
                                row.history().bytes());
                    }
                    trimmed(store, id, row.history().floor());
                }
            });
        }
    }

    /** Holds against the disk that nothing is left of a workspace that is gone. */
    private void reclaimed(Store store, long id) {
        for (Table table : RECLAIMED) {
            try (Cursor at = store.cursor(table, world.keys().ranges().allOfWorkspace(id))) {
                require("Reclaimed", id, "nothing in " + table, at.valid() ? "a row" : "nothing in " + table);
            }
        }
    }

    /** Holds against what there is what the engine says of a workspace, and of all below it. */
    private void used(long id, WorkspaceRow row) {
        Workspace workspace = world.engine().workspaces().byId(id);
        if (workspace == null) {
            require("Deletions", id, "a workspace", "none");
            return;
        }
        Usage below = Usage.NONE;
        for (Map.Entry<Long, WorkspaceRow> each : workspaces.entrySet()) {
            if (isWithin(each.getKey(), id) && !isGone(each.getKey())) {
                below = below.plus(each.getValue().counts());
            }
        }
        require("Counts", id, row.counts(), workspace.progress().own());
        require("Counts", id, below, workspace.progress().subtree());
    }

    private void require(String guarantee, long workspaceId, Object expected, Object seen) {
        if (!expected.equals(seen)) {
            world.violated(guarantee, "workspace " + workspaceId, expected.toString(), seen.toString());
        }
    }

    private Usage counted(Store store, long id) {
        long objects = 0;
        long bytes = 0;
        long finalizers = 0;
        try (Cursor at = store.cursor(Table.HEAD, world.keys().ranges().allOfWorkspace(id))) {
            for (; at.valid(); at.next()) {
                StoredKey.Head key = Keys.parseHead(at.key());
                HeadRow head = HeadRow.decode(at.value());
                byte[] version =
                        store.get(Table.VERSION, world.keys().version(id, key.typeId(), key.name(), head.revision()));
                if (version != null && VersionRow.decode(version) instanceof VersionRow.State state) {
                    finalizers += ObjectSections.decode(state.object())
                            .metadata()
                            .finalizerNames()
                            .size();
                }
                objects++;
                bytes += head.objectBytes();
            }
        }
        return new Usage(objects, bytes, finalizers);
    }

    /** Holds against the disk that nothing is left below a floor but what shows the state there. */
    private void trimmed(Store store, long id, long floor) {
        try (Cursor at = store.cursor(Table.LOG, world.keys().ranges().log(id, 0, floor))) {
            require("Trimmed", id, NOTHING + floor, at.valid() ? "a commit" : NOTHING + floor);
        }
        byte[] shown = {};
        try (Cursor at = store.cursor(Table.VERSION, world.keys().ranges().allOfWorkspace(id))) {
            for (; at.valid(); at.next()) {
                byte[] name = Arrays.copyOf(at.key(), at.key().length - Long.BYTES);
                boolean below = Keys.revisionOf(at.key()) <= floor;
                if (below
                        && (Arrays.equals(name, shown)
                                || VersionRow.decode(at.value()) instanceof VersionRow.Tombstone)) {
                    StoredKey.Version key = Keys.parseVersion(at.key());
                    world.violated("Trimmed", "workspace " + id, NOTHING + floor, key.toString());
                }
                shown = below ? name : shown;
            }
        }
    }
}
