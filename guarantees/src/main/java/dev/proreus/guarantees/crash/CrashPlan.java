package dev.proreus.guarantees.crash;

/**
 * What a crash run does.
 *
 * @param cycles kills
 * @param writers clients that write, one request each at a time
 * @param writes acknowledged writes before each kill, at least; a cycle with fewer does not count, and fails the run
 * @param judgedTogether cycles after which everything so far is judged, so that a break is known before the end
 */
public record CrashPlan(int cycles, int writers, int writes, int judgedTogether) {
    /** Writes that are drawn on top of the least number at most, so that a kill comes at any moment. */
    static final int MORE_WRITES = 300;

    /** Checks the numbers. */
    public CrashPlan {
        require(cycles >= 1, "--cycles must be at least 1");
        require(writers >= 1 && writers <= 256, "--writers must be from 1 to 256");
        require(judgedTogether >= 1, "--judge-every must be at least 1");
        require(writes >= 1 && writes <= 100_000, "--writes must be from 1 to 100000");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
