package dev.proreus.workspace.read;

import dev.proreus.workspace.Place;
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
    private final LongFunction<@Nullable Place> places;

    /**
     * Makes a look-up.
     *
     * @param live what is known in memory
     * @param places gives the places of workspaces, those that are gone included
     */
    public FloorLookup(
            Store store, Keys keys, LongFunction<@Nullable Long> live, LongFunction<@Nullable Place> places) {
        this.store = store;
        this.keys = keys;
        this.live = live;
        this.places = places;
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
            throw expired(path(workspaceId), revision, floor);
        }
    }

    /** Returns the refusal of the state at a revision, or of what follows it, where that is no longer held. */
    public static RefusedException expired(String path, long revision, long floor) {
        return refusal(
                        path,
                        "revision " + revision + " of workspace " + path + " is no longer held; the oldest that is, is "
                                + floor)
                .with("revision", revision)
                .with("oldest", floor);
    }

    /** Returns the refusal of a change at or below the floor, of which at most the state that it left is held. */
    RefusedException expiredChange(long workspaceId, long revision, long floor) {
        String path = path(workspaceId);
        return refusal(
                        path,
                        "the change at revision " + revision + " of workspace " + path
                                + " is no longer held; those after " + floor + " are")
                .with("revision", revision)
                .with("oldest", floor);
    }

    /** Returns the refusal of a position in a subtree that lies too far back for the store. */
    RefusedException expiredCommits(long topId) {
        String path = path(topId);
        return refusal(
                path,
                "what was committed after that position in workspace " + path
                        + " and those below it is no longer held whole");
    }

    private static RefusedException refusal(String path, String what) {
        return RefusedException.because(
                        Reason.RESOURCE_VERSION_EXPIRED,
                        what + ": read the newest state, by a list or by a watch without a start, and go on from there")
                .with("workspace", path);
    }

    private String path(long workspaceId) {
        Place place = places.apply(workspaceId);
        return place == null ? "" : place.path();
    }
}
