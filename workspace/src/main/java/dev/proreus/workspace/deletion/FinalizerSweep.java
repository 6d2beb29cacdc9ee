package dev.proreus.workspace.deletion;

import dev.proreus.workspace.canonical.MetaField;
import dev.proreus.workspace.canonical.MetaSections;
import dev.proreus.workspace.canonical.ObjectSections;
import dev.proreus.workspace.store.Cursor;
import dev.proreus.workspace.store.KeyRange;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.keys.StoredKey;
import dev.proreus.workspace.store.rows.HeadRow;
import dev.proreus.workspace.store.rows.VersionRow;
import dev.proreus.workspace.tree.Workspace;
import dev.proreus.workspace.tree.WorkspaceTree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the objects of a subtree that finds those with finalizers that nobody has deleted yet. Looks only into
 * workspaces that count finalizers. In steps; one thread at a time.
 */
final class FinalizerSweep {
    /** Workspaces looked at together. */
    private static final int PARTS = 256;

    private final Keys keys;
    private final Store store;
    private final WorkspaceTree tree;
    private final Workspace top;
    private final Deque<Workspace> next = new ArrayDeque<>();
    private String afterPath = "";
    private boolean listed;
    private byte @Nullable [] after;

    FinalizerSweep(Keys keys, Store store, WorkspaceTree tree, Workspace top) {
        this.keys = keys;
        this.store = store;
        this.tree = tree;
        this.top = top;
    }

    /**
     * An object that is to be deleted.
     *
     * @param workspaceId internal id of its workspace
     * @param typeId internal id of its type
     * @param name its name
     * @param uid its identity
     */
    record Found(long workspaceId, int typeId, String name, UUID uid) {}

    /** Returns whether it has come to the end. */
    boolean isDone() {
        return listed && next.isEmpty();
    }

    /** Looks at about so many objects. */
    List<Found> step(int maxObjects) {
        List<Found> found = new ArrayList<>();
        int rest = maxObjects;
        while (rest > 0 && !isDone()) {
            if (next.isEmpty()) {
                list();
                rest--;
            } else {
                rest -= look(next.getFirst(), rest, found);
            }
        }
        return found;
    }

    private void list() {
        List<Workspace> page = tree.below(top.path(), true, afterPath, PARTS);
        listed = page.size() < PARTS;
        for (Workspace workspace : page) {
            afterPath = workspace.path().text();
            if (workspace.progress().own().finalizers() > 0) {
                next.add(workspace);
            }
        }
    }

    private int look(Workspace workspace, int maxObjects, List<Found> found) {
        KeyRange all = keys.ranges().allOfWorkspace(workspace.id());
        byte[] from = after == null ? all.fromInclusive() : KeyRange.afterPrefix(after);
        int looked = 0;
        try (Cursor cursor = store.cursor(Table.HEAD, from, all.toExclusive())) {
            for (; looked < maxObjects && cursor.valid(); cursor.next()) {
                after = cursor.key();
                looked++;
                StoredKey.Head key = Keys.parseHead(cursor.key());
                HeadRow head = HeadRow.decode(cursor.value());
                if (waits(key, head)) {
                    found.add(new Found(workspace.id(), key.typeId(), key.name(), head.uid()));
                }
            }
            if (!cursor.valid()) {
                after = null;
                next.removeFirst();
            }
        }
        return Math.max(1, looked);
    }

    /**
     * Returns whether an object has finalizers and nobody has deleted it; one that changed meanwhile is passed over.
     */
    private boolean waits(StoredKey.Head key, HeadRow head) {
        byte[] version =
                store.get(Table.VERSION, keys.version(key.workspaceId(), key.typeId(), key.name(), head.revision()));
        if (version == null || !(VersionRow.decode(version) instanceof VersionRow.State state)) {
            return false;
        }
        MetaSections metadata = ObjectSections.decode(state.object()).metadata();
        return metadata.deletion() == null && metadata.has(MetaField.FINALIZERS);
    }
}
