package dev.proreus.loadtest.soak;

import java.time.Duration;

/**
 * What a run does.
 *
 * @param length how long it works
 * @param restarts starts after the first one, by turns after a clean stop and after SIGKILL, at equal distances
 * @param tenants clients that each work in one workspace at a time
 * @param watchers watches that are open together
 * @param perSecond writes a second of all clients together
 * @param specBytes bytes of each object's spec
 * @param historyAge how long history is held, as {@code serve} takes it
 * @param seed decides all that is left to chance
 */
record SoakPlan(
        Duration length,
        int restarts,
        int tenants,
        int watchers,
        int perSecond,
        int specBytes,
        String historyAge,
        long seed) {
    /** The least that a life may take: the server settles in a part of it. */
    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(20);

    /** The part of the run that the first life takes, which shows what grows within one. */
    private static final double FIRST = 0.5;

    /** The part of each life that nothing is measured in: caches fill, code is compiled. */
    private static final double SETTLES = 0.4;

    /** The least time between two looks at the server, which stops for a collection meanwhile. */
    private static final Duration LOOK_PAUSE = Duration.ofSeconds(3);

    /** Looks in each life at most: more would tell nothing new. */
    private static final int LOOKS_MAX = 30;

    SoakPlan {
        require(restarts >= 2 && restarts <= 10_000, "--restarts must be from 2 to 10000: a trend needs two lives");
        require(
                length.toNanos() * (1 - FIRST) >= (double) restarts * SHORTEST_LIFE.toNanos(),
                "half of --for must leave " + SHORTEST_LIFE.toSeconds() + " s for each of the " + restarts
                        + " lives after a restart: say a longer one, or fewer --restarts");
        require(tenants >= 2 && tenants <= 1_000, "--tenants must be from 2 to 1000");
        require(watchers >= 1 && watchers <= 10_000, "--watchers must be from 1 to 10000");
        require(perSecond >= 1 && perSecond <= 100_000, "--rate must be from 1 to 100000");
        require(specBytes >= 1 && specBytes <= 500_000, "--size must be from 1 to 500000");
    }

    /** Returns how many lives the server has. */
    int lives() {
        return restarts + 1;
    }

    /** Returns when a life begins, in nanoseconds from the start on; the first one has the number 0. */
    long beginsAfter(int life) {
        double first = length.toNanos() * FIRST;
        return (long) (life == 0 ? 0 : first + (life - 1) * (length.toNanos() - first) / restarts);
    }

    /** Returns how often to look at the server in a life. */
    int looks(int life) {
        long looked = beginsAfter(life + 1) - settledAfter(life);
        return (int) Math.min(LOOKS_MAX, looked / LOOK_PAUSE.toNanos());
    }

    /** Returns when to look at the server, in nanoseconds from the start on; looks count from 1. */
    long looksAfter(int life, int look) {
        long settled = settledAfter(life);
        return settled + (beginsAfter(life + 1) - settled) * look / looks(life);
    }

    private long settledAfter(int life) {
        long begins = beginsAfter(life);
        return begins + (long) ((beginsAfter(life + 1) - begins) * SETTLES);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
