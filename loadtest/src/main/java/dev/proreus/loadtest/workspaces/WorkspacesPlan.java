package dev.proreus.loadtest.workspaces;

/**
 * What a run does and what must hold.
 *
 * @param count workspaces that are made
 * @param warmUp how many of them are made before it is measured, so that the code of both programs is warm
 * @param clients creations under way together
 * @param times starts with all of them
 * @param heapBytes of the server that an idle workspace may take, after a collection
 * @param perSecond workspaces that must be made in a second
 * @param withinSeconds how long a start may take, until both first answers are there
 */
record WorkspacesPlan(
        int count, int warmUp, int clients, int times, long heapBytes, double perSecond, double withinSeconds) {
    private static final int MOST_WORKSPACES = 10_000_000;

    WorkspacesPlan {
        require(count >= 1 && count <= MOST_WORKSPACES, "--count must be from 1 to " + MOST_WORKSPACES);
        require(warmUp >= 0 && warmUp < count, "--warmup must be at least 0 and less than --count");
        require(clients >= 1 && clients <= 10_000, "--clients must be from 1 to 10000");
        require(times >= 1 && times <= 100, "--times must be from 1 to 100");
        require(heapBytes >= 1, "--heap-bytes must be above 0");
        require(perSecond > 0, "--per-second must be above 0");
        require(withinSeconds > 0, "--within must be above 0");
    }

    /** Returns how many are made while it is measured. */
    int measured() {
        return count - warmUp;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
