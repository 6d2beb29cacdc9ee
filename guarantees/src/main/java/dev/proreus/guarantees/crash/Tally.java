package dev.proreus.guarantees.crash;

import java.util.concurrent.TimeUnit;

/** Counts acknowledged writes and lets one thread wait for more. */
final class Tally {
    private long acknowledged;
    private long goal = Long.MAX_VALUE;
    private boolean over;

    Tally() {}

    synchronized void acknowledged() {
        acknowledged++;
        if (acknowledged >= goal) {
            notifyAll();
        }
    }

    synchronized long count() {
        return acknowledged;
    }

    /** Lets nobody wait any more. */
    synchronized void over() {
        over = true;
        notifyAll();
    }

    /** Waits for more writes; returns whether they came within the time. */
    synchronized boolean awaitMore(long writes, long seconds) throws InterruptedException {
        goal = acknowledged + writes;
        for (long left = TimeUnit.SECONDS.toMillis(seconds); acknowledged < goal; left -= 100) {
            if (left <= 0 || over) {
                return false;
            }
            wait(100);
        }
        return true;
    }
}
