package dev.proreus.workspace.read;

import dev.proreus.workspace.Place;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where workspaces lie, those that are gone included: their rows stay. Blocks on the disk for a workspace that is gone.
 * Thread-safe.
 */
public final class Places implements LongFunction<@Nullable Place> {
    private final Store store;
    private final Keys keys;
    private final LongFunction<@Nullable Place> live;

    /** @param live what is known in memory */
    public Places(Store store, Keys keys, LongFunction<@Nullable Place> live) {
        this.store = store;
        this.keys = keys;
        this.live = live;
    }

    @Override
    public @Nullable Place apply(long workspaceId) {
        Place known = live.apply(workspaceId);
        if (known != null) {
            return known;
        }
        byte[] row = store.get(Table.META, keys.workspace(workspaceId));
        if (row == null) {
            return null;
        }
        WorkspaceRow.Identity identity = WorkspaceRow.decode(row).identity();
        if (identity.parentId() == 0) {
            return new Place(identity.name(), workspaceId);
        }
        Place parent = apply(identity.parentId());
        return parent == null ? null : parent.child(identity.name(), workspaceId);
    }
}
