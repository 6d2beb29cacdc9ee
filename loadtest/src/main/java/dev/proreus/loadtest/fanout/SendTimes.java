package dev.proreus.loadtest.fanout;

/**
 * When each write was sent, by writer and generation. Written by the writer before it sends, read by watchers when the
 * event is there: the way over the server lies between.
 */
final class SendTimes {
    /** Objects are created with generation 1, which is no write of the run. */
    private static final int FIRST_GENERATION = 2;

    private final long[][] times;

    SendTimes(FanoutPlan plan) {
        times = new long[plan.writers()][];
        for (int writer = 0; writer < times.length; writer++) {
            times[writer] = new long[plan.eventsOf(writer)];
        }
    }

    void sent(int writer, int write, long nanoTime) {
        times[writer][write] = nanoTime;
    }

    /** Returns whether an event is that of a write of the run. */
    boolean isOurs(int writer, long generation) {
        return writer >= 0
                && writer < times.length
                && generation >= FIRST_GENERATION
                && generation - FIRST_GENERATION < times[writer].length;
    }

    /** Returns the number of a write among its writer's, from 1. */
    static long write(long generation) {
        return generation - FIRST_GENERATION + 1;
    }

    long of(int writer, long generation) {
        return times[writer][(int) (generation - FIRST_GENERATION)];
    }
}
