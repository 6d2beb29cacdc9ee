package dev.proreus.loadtest.fanout;

/**
 * What a run does, by seconds from its first write: it settles, measures, looks at the server's memory, lets half of
 * the readers stop, measures the others, looks at the memory again, and lets them read on.
 *
 * @param readers readers, of which half stop
 * @param connections connections that they share, half of them with readers that stop alone
 * @param perSecond writes a second
 * @param padding characters that fill each object
 * @param settle seconds in which code gets warm and what waited meanwhile is worked off
 * @param before seconds of the first measurement
 * @param stopped seconds of the second
 */
record LaggardsPlan(int readers, int connections, int perSecond, int padding, int settle, int before, int stopped) {
    /** For a look at the memory, in which the server stands still for a moment; nothing is measured. */
    static final int LOOK_SECONDS = 4;

    /** For those that stopped, to read on while writes still come. */
    static final int AFTER_SECONDS = 5;

    /** Enough for the rate though each waits for its answer, which takes some syncs when the machine is busy. */
    private static final int WRITERS = 64;

    private static final long NANOS = 1_000_000_000L;

    LaggardsPlan {
        require(readers >= 2 && readers % 2 == 0, "--readers must be even");
        require(
                connections >= 2 && connections % 2 == 0 && connections <= readers,
                "--connections must be even and at most the number of readers");
        require(perSecond >= 1, "--rate must be at least 1");
        require(settle >= 1 && before >= 1 && stopped >= 1, "--settle, --before and --stopped must be at least 1");
    }

    FanoutPlan fanout() {
        int seconds = settle + before + LOOK_SECONDS + stopped + LOOK_SECONDS + AFTER_SECONDS;
        return new FanoutPlan(readers, connections, seconds * perSecond, WRITERS, perSecond, padding);
    }

    long settledAfter() {
        return settle * NANOS;
    }

    long lookAfter() {
        return settledAfter() + before * NANOS;
    }

    long stopAfter() {
        return lookAfter() + LOOK_SECONDS * NANOS;
    }

    long lookAgainAfter() {
        return stopAfter() + stopped * NANOS;
    }

    long readOnAfter() {
        return lookAgainAfter() + LOOK_SECONDS * NANOS;
    }

    /** Returns whether a reader is one of those that stop; they have half of the connections to themselves. */
    boolean stops(int reader) {
        return reader % connections < connections / 2;
    }

    /** Returns whether a reader wants the newest states alone: of those that stop every other one of a connection. */
    boolean wantsLatest(int reader) {
        return stops(reader) && reader / connections % 2 == 1;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
