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
    /** The least time between two starts: the server settles in a part of it. */
    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(20);

    /** The part of each life that nothing is measured in: caches fill, code is compiled. */
    private static final double SETTLES = 0.3;

    /** The least time between two looks at the server, which stops for a collection meanwhile. */
    private static final Duration LOOK_PAUSE = Duration.ofSeconds(5);

    /** Looks in each life at most: more would tell nothing new. */
    private static final int LOOKS_MAX = 20;

    SoakPlan {
        require(restarts >= 2 && restarts <= 10_000, "--restarts must be from 2 to 10000: trends need three lives");
        require(
                length.dividedBy(restarts + 1L).compareTo(SHORTEST_LIFE) >= 0,
                "--for must leave " + SHORTEST_LIFE.toSeconds() + " s for each of the " + (restarts + 1)
                        + " lives of the server: say a longer one, or fewer --restarts");
        require(tenants >= 2 && tenants <= 1_000, "--tenants must be from 2 to 1000");
        require(watchers >= 1 && watchers <= 10_000, "--watchers must be from 1 to 10000");
        require(perSecond >= 1 && perSecond <= 100_000, "--rate must be from 1 to 100000");
        require(specBytes >= 1 && specBytes <= 500_000, "--size must be from 1 to 500000");
    }

    /** Lives of the server, of which the first is for warming up. */
    int lives() {
        return restarts + 1;
    }

    long lifeNanos() {
        return length.toNanos() / lives();
    }

    /** Returns how often to look at the server in each life. */
    int looks() {
        return (int) Math.min(LOOKS_MAX, (lifeNanos() - settleNanos()) / LOOK_PAUSE.toNanos());
    }

    /** Returns when to look at the server, in nanoseconds after its life began; looks count from 1. */
    long lookAfter(int look) {
        return settleNanos() + (lifeNanos() - settleNanos()) * look / looks();
    }

    private long settleNanos() {
        return (long) (lifeNanos() * SETTLES);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
