package dev.proreus.loadtest.catchup;

/**
 * What a run does and what must hold.
 *
 * @param behind revisions that the watcher is behind
 * @param perSecond writes a second
 * @param specBytes bytes of each object's spec
 * @param objects objects that are written in turn
 * @param warmUps pairs before those that count, in which the code of both programs gets warm
 * @param pairs pairs of measurements
 * @param seconds how long each measures at least
 * @param withinSeconds in which the watcher must have caught up
 * @param slower how many times its value without the watcher the p99 of writes may be
 */
record CatchupPlan(
        int behind,
        int perSecond,
        int specBytes,
        int objects,
        int warmUps,
        int pairs,
        int seconds,
        double withinSeconds,
        double slower) {
    private static final int MOST_REVISIONS = 50_000_000;

    CatchupPlan {
        require(behind >= 1 && behind <= MOST_REVISIONS, "--behind must be from 1 to " + MOST_REVISIONS);
        require(perSecond >= 1 && perSecond <= 1_000_000, "--rate must be from 1 to 1000000");
        require(specBytes >= 32 && specBytes <= 500_000, "--size must be from 32 to 500000");
        require(objects >= 1 && objects <= behind, "--objects must be from 1 to the revisions behind");
        require(warmUps >= 0 && warmUps <= 100, "--warmup must be from 0 to 100");
        require(pairs >= 1 && pairs <= 100, "--pairs must be from 1 to 100");
        require(seconds >= 1 && seconds <= 600, "--seconds must be from 1 to 600");
        require(withinSeconds > 0, "--within must be above 0");
        require(slower > 0, "--slower must be above 0");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
