package dev.proreus.workspace.simulation;

import dev.proreus.guarantees.Lifetime;
import dev.proreus.workspace.Place;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import dev.proreus.workspace.tree.Workspace;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What the recording calls each workspace: its path, marked where others were there before. Clients know one from the
 * other by its incarnation.
 */
final class WorkspaceNames {
    private final Map<UUID, String> names = new HashMap<>();
    private final Map<Long, String> newest = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /** Returns the name of a workspace that a client has in hand; those above it are there, or have names. */
    String of(Workspace workspace, World world) {
        String known = names.get(workspace.incarnation());
        if (known != null) {
            return known;
        }
        Place place = workspace.place();
        String parent = "";
        if (place.depth() > 1) {
            Workspace above = world.engine().workspaces().byId(place.ancestor(1));
            parent = above == null ? newest.getOrDefault(place.ancestor(1), "unknown") : of(above, world);
        }
        return add(
                workspace.id(),
                workspace.incarnation(),
                parent,
                workspace.path().name());
    }

    /** Returns the name of a workspace that is on the disk, or was. */
    String of(long id, Map<Long, WorkspaceRow> rows) {
        WorkspaceRow row = rows.get(id);
        if (row == null) {
            return "unknown:" + id;
        }
        WorkspaceRow.Identity identity = row.identity();
        String known = names.get(identity.incarnation());
        String parent = known != null || identity.parentId() == 0 ? "" : of(identity.parentId(), rows);
        return known != null ? known : add(id, identity.incarnation(), parent, identity.name());
    }

    private String add(long id, UUID incarnation, String parent, String name) {
        int number = counts.merge(parent + ":" + name, 1, Integer::sum);
        String made = Lifetime.named(parent, name, number);
        names.put(incarnation, made);
        newest.put(id, made);
        return made;
    }
}
