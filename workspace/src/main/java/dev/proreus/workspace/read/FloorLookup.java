package dev.proreus.workspace.read;

import dev.proreus.workspace.Place;
import dev.proreus.workspace.Reason;
import dev.proreus.workspace.RefusedException;
import dev.proreus.workspace.store.StoreCorruptException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Where the floors of workspaces are. Of a workspace that is gone nothing can be read. Thread-safe. */
public final class FloorLookup {
    private final LongFunction<@Nullable Long> live;
    private final LongFunction<@Nullable Place> places;

    /**
     * Makes a look-up.
     *
     * @param live gives the floor of a workspace, or null where it is gone
     * @param places gives the places of workspaces, those that are gone included
     */
    public FloorLookup(LongFunction<@Nullable Long> live, LongFunction<@Nullable Place> places) {
        this.live = live;
        this.places = places;
    }

    /** Returns the floor of a workspace; refuses where it is gone. */
    long of(long workspaceId) {
        Long known = live.apply(workspaceId);
        if (known == null) {
            throw RefusedException.because(
                    Reason.WORKSPACE_DELETED, "the workspace was deleted while it was read: read another");
        }
        return known;
    }

    /** Returns whether a workspace is gone. */
    boolean isGone(long workspaceId) {
        return live.apply(workspaceId) == null;
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

    /**
     * Returns what to throw where a row that others speak of is not there: below the floor it was trimmed, since it was
     * spoken of; above it is damage. Of a workspace that is gone it was reclaimed.
     */
    RuntimeException missing(long workspaceId, long revision, String what) {
        long floor = of(workspaceId);
        if (revision <= floor) {
            return expiredChange(workspaceId, revision, floor);
        }
        return new StoreCorruptException(
                "there is no " + what + " at revision " + revision + " of workspace " + workspaceId, null);
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
