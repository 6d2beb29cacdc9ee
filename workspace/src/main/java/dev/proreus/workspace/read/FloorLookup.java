package dev.proreus.workspace.read;

import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.store.Store;
import dev.proreus.workspace.store.Table;
import dev.proreus.workspace.store.keys.Keys;
import dev.proreus.workspace.store.rows.WorkspaceRow;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where the floors of workspaces are, those of workspaces that are gone included, which rise no more. Blocks on the
 * disk for a workspace that is gone. Thread-safe.
 */
public final class FloorLookup {
    private final Store store;
    private final Keys keys;
    private final LongFunction<@Nullable Long> live;

    /** @param live what is known in memory */
    public FloorLookup(Store store, Keys keys, LongFunction<@Nullable Long> live) {
        this.store = store;
        this.keys = keys;
        this.live = live;
    }

    /** Returns the floor of a workspace. */
    long of(long workspaceId) {
        Long known = live.apply(workspaceId);
        if (known != null) {
            return known;
        }
        byte[] row = store.get(Table.META, keys.workspace(workspaceId));
        return row == null ? 0 : WorkspaceRow.decode(row).history().floor();
    }

    /** Refuses a revision that lies below the floor. */
    void check(long workspaceId, long revision) {
        long floor = of(workspaceId);
        if (revision < floor) {
            throw expired(revision, floor);
        }
    }

    /** Returns the refusal of what is no longer held. */
    public static RefusedException expired(long revision, long floor) {
        return RefusedException.because(
                        Reason.RESOURCE_VERSION_EXPIRED,
                        "revision " + revision + " is no longer held; the oldest that is, is " + floor
                                + ": read the newest state and go on from its revision")
                .with("revision", revision)
                .with("oldest", floor);
    }
}
