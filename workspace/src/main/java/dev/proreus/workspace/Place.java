package dev.proreus.workspace;

import java.util.Arrays;

/**
 * Where a workspace lies in the tree. It never changes, and is known longer than the workspace lives, since its events
 * are read later. Immutable.
 */
public final class Place {
    private final String path;
    private final long[] lineage;

    /**
     * Describes a place.
     *
     * @param path the workspace's path, such as root:acme
     * @param lineage internal ids: its own first, then its ancestors', the root's last
     */
    public Place(String path, long... lineage) {
        this.path = path;
        this.lineage = lineage.clone();
    }

    public String path() {
        return path;
    }

    /** Returns how many workspaces {@link #ancestor} tells of. */
    public int depth() {
        return lineage.length;
    }

    /** Returns the internal id of the workspace itself, for 0, or of the ancestor so many levels above. */
    public long ancestor(int levels) {
        return lineage[levels];
    }

    /** Returns whether it lies in the subtree of a workspace, which lies in its own. */
    public boolean isWithin(long workspaceId) {
        for (long each : lineage) {
            if (each == workspaceId) {
                return true;
            }
        }
        return false;
    }

    /** Returns the place of a child. */
    public Place child(String name, long id) {
        long[] longer = new long[lineage.length + 1];
        longer[0] = id;
        System.arraycopy(lineage, 0, longer, 1, lineage.length);
        return new Place(path + ":" + name, longer);
    }

    @Override
    public String toString() {
        return path + " " + Arrays.toString(lineage);
    }
}
