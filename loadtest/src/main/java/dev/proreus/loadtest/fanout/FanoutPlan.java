package dev.proreus.loadtest.fanout;

/**
 * What a run does.
 *
 * @param watchers streams that watch, all the same type in one workspace
 * @param connections connections that they share
 * @param events writes, each an event for every watcher
 * @param writers clients that write, each an object of its own, the next write when the last is answered
 * @param writesPerSecond writes a second of all writers together; 0 is as fast as they are answered
 * @param padding characters that fill each object's spec
 */
record FanoutPlan(int watchers, int connections, int events, int writers, int writesPerSecond, int padding) {
    /** The most events of one run, all watchers together: beyond it the run would measure itself. */
    static final long MOST_DELIVERIES = 1_000_000_000L;

    FanoutPlan {
        require(watchers >= 1, "--watchers must be at least 1");
        require(events >= 1, "--events must be at least 1");
        require(connections >= 1 && connections <= watchers, "--connections must be from 1 to the number of watchers");
        require(writers >= 1 && writers <= events, "--writers must be from 1 to the number of events");
        require(writesPerSecond >= 0, "--rate must not be negative");
        require(padding >= 0 && padding <= 500_000, "--padding must be from 0 to 500000");
        require(
                (long) watchers * events <= MOST_DELIVERIES,
                "watchers times events must be at most " + MOST_DELIVERIES);
    }

    /** Returns how many events all watchers together must be told. */
    long deliveries() {
        return (long) watchers * events;
    }

    /** Returns how many writes a writer does: the first writers do the remainder. */
    int eventsOf(int writer) {
        return events / writers + (writer < events % writers ? 1 : 0);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
